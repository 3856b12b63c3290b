<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>Culling</name>
    <message numerus="yes">
      <source>Clear the mark of %n clip(s)</source>
      <translation>
        <numerusform>Clear the mark of %n clip</numerusform>
        <numerusform>Clear the mark of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Give %n clip(s) {stars} star(s)</source>
      <translation>
        <numerusform>Give %n clip {stars} stars</numerusform>
        <numerusform>Give %n clips {stars} stars</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>In and out of %n clip(s)</source>
      <translation>
        <numerusform>In and out of %n clip</numerusform>
        <numerusform>In and out of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n clip(s)</source>
      <translation>
        <numerusform>Keep %n clip</numerusform>
        <numerusform>Keep %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep one of %n clip(s)</source>
      <translation>
        <numerusform>Keep one of %n clip</numerusform>
        <numerusform>Keep one of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Mark %n clip(s) by verdict</source>
      <translation>
        <numerusform>Mark %n clip by verdict</numerusform>
        <numerusform>Mark %n clips by verdict</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Note on %n clip(s)</source>
      <translation>
        <numerusform>Note on %n clip</numerusform>
        <numerusform>Note on %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Overrule a flag of %n clip(s)</source>
      <translation>
        <numerusform>Overrule a flag of %n clip</numerusform>
        <numerusform>Overrule a flag of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Reject %n clip(s)</source>
      <translation>
        <numerusform>Reject %n clip</numerusform>
        <numerusform>Reject %n clips</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FaultEditor</name>
    <message numerus="yes">
      <source>%n clips</source>
      <translation>
        <numerusform>%n clip</numerusform>
        <numerusform>%n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message numerus="yes">
      <source>%n clip(s)</source>
      <translation>
        <numerusform>%n clip</numerusform>
        <numerusform>%n clips</numerusform>
      </translation>
    </message>
  </context>
</TS>
