<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>Commands</name>
    <message numerus="yes">
      <source>Copied the path of %n clip(s)</source>
      <translation>
        <numerusform>Copied the path of %n clip</numerusform>
        <numerusform>Copied the paths of %n clips</numerusform>
      </translation>
    </message>
  </context>
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
      <source>Give %n clip(s) {stars}</source>
      <translation>
        <numerusform>Give %n clip {stars}</numerusform>
        <numerusform>Give %n clips {stars}</numerusform>
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
      <source>Read back %n clip(s)</source>
      <translation>
        <numerusform>Read back %n clip</numerusform>
        <numerusform>Read back %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Reject %n clip(s)</source>
      <translation>
        <numerusform>Reject %n clip</numerusform>
        <numerusform>Reject %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Remove %n clip(s) from the library</source>
      <translation>
        <numerusform>Remove %n clip from the library</numerusform>
        <numerusform>Remove %n clips from the library</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Removed from the library: %n clip(s). The files stay.</source>
      <translation>
        <numerusform>Removed from the library: %n clip. The file stays.</numerusform>
        <numerusform>Removed from the library: %n clips. The files stay.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Take the stars from %n clip(s)</source>
      <translation>
        <numerusform>Take the stars from %n clip</numerusform>
        <numerusform>Take the stars from %n clips</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message numerus="yes">
      <source>%n clip(s) will be in it</source>
      <translation>
        <numerusform>%n clip will be in it</numerusform>
        <numerusform>%n clips will be in it</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And %n more.</source>
      <translation>
        <numerusform>And %n more.</numerusform>
        <numerusform>And %n more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Wrote %n sidecar(s)</source>
      <translation>
        <numerusform>Wrote %n sidecar</numerusform>
        <numerusform>Wrote %n sidecars</numerusform>
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
    <name>FileSteps</name>
    <message numerus="yes">
      <source>%n file(s) could not be: {why}</source>
      <translation>
        <numerusform>%n file could not be: {why}</numerusform>
        <numerusform>%n files could not be: {why}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) done again.</source>
      <translation>
        <numerusform>%n file done again.</numerusform>
        <numerusform>%n files done again.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) taken back.</source>
      <translation>
        <numerusform>%n file taken back.</numerusform>
        <numerusform>%n files taken back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Copy %n file(s)</source>
      <translation>
        <numerusform>Copy %n file</numerusform>
        <numerusform>Copy %n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Link %n file(s)</source>
      <translation>
        <numerusform>Link %n file</numerusform>
        <numerusform>Link %n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Move %n file(s)</source>
      <translation>
        <numerusform>Move %n file</numerusform>
        <numerusform>Move %n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Put %n file(s) into the trash</source>
      <translation>
        <numerusform>Put %n file into the trash</numerusform>
        <numerusform>Put %n files into the trash</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FilesDialog</name>
    <message numerus="yes">
      <source>%n clip(s) stay as they are.</source>
      <translation>
        <numerusform>%n clip stays as it is.</numerusform>
        <numerusform>%n clips stay as they are.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) could not be.</source>
      <translation>
        <numerusform>%n file could not be done.</numerusform>
        <numerusform>%n files could not be done.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) done.</source>
      <translation>
        <numerusform>%n file done.</numerusform>
        <numerusform>%n files done.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s), nothing is touched yet.</source>
      <translation>
        <numerusform>%n file; nothing is touched yet.</numerusform>
        <numerusform>%n files; nothing is touched yet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Copying was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Copying was cut off; %n file is left to do.</numerusform>
        <numerusform>Copying was cut off; %n files are left to do.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Linking was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Linking was cut off; %n file is left to do.</numerusform>
        <numerusform>Linking was cut off; %n files are left to do.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Moving was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Moving was cut off; %n file is left to do.</numerusform>
        <numerusform>Moving was cut off; %n files are left to do.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Putting into the trash was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Putting into the trash was cut off; %n file is left to do.</numerusform>
        <numerusform>Putting into the trash was cut off; %n files are left to do.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportActions</name>
    <message numerus="yes">
      <source>%n clip(s) are not in the library.</source>
      <translation>
        <numerusform>%n clip is not in the library.</numerusform>
        <numerusform>%n clips are not in the library.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n clip(s) changed.</source>
      <translation>
        <numerusform>%n clip changed.</numerusform>
        <numerusform>%n clips changed.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n clip(s) could be several; nothing was taken over of them.</source>
      <translation>
        <numerusform>%n clip could be several; nothing was taken over of it.</numerusform>
        <numerusform>%n clips could be several; nothing was taken over of them.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mark(s) read from sidecars.</source>
      <translation>
        <numerusform>%n mark read from sidecars.</numerusform>
        <numerusform>%n marks read from sidecars.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mark(s) read from the team's file.</source>
      <translation>
        <numerusform>%n mark read from the team's file.</numerusform>
        <numerusform>%n marks read from the team's file.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sidecar(s) differ: what was said here holds.</source>
      <translation>
        <numerusform>%n sidecar differs: what was said here holds.</numerusform>
        <numerusform>%n sidecars differ: what was said here holds.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Read sidecars of %n clip(s)</source>
      <translation>
        <numerusform>Read the sidecar of %n clip</numerusform>
        <numerusform>Read the sidecars of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Take over %n clip(s) from the team</source>
      <translation>
        <numerusform>Take over %n clip from the team</numerusform>
        <numerusform>Take over %n clips from the team</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The newest statement holds. %n was overruled.</source>
      <translation>
        <numerusform>The newest statement holds. %n was overruled.</numerusform>
        <numerusform>The newest statement holds. %n were overruled.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ReelDialog</name>
    <message numerus="yes">
      <source>%n kept clip(s) in one film of {length}: of each its in and out, or else its best segment.</source>
      <translation>
        <numerusform>%n kept clip in one film of {length}: of each its in and out, or else its best segment.</numerusform>
        <numerusform>%n kept clips in one film of {length}: of each its in and out, or else its best segment.</numerusform>
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
    <message numerus="yes">
      <source>First look: {done} of %n clip(s)</source>
      <translation>
        <numerusform>First look: {done} of %n clip</numerusform>
        <numerusform>First look: {done} of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Rated: {done} of %n clip(s)</source>
      <translation>
        <numerusform>Rated: {done} of %n clip</numerusform>
        <numerusform>Rated: {done} of %n clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Tags: {done} of %n clip(s)</source>
      <translation>
        <numerusform>Tags: {done} of %n clip</numerusform>
        <numerusform>Tags: {done} of %n clips</numerusform>
      </translation>
    </message>
  </context>
</TS>
