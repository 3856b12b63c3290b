<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About Footage Sorter</source>
      <translation>Über Footage Sorter</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Belichtung</translation>
    </message>
    <message>
      <source>Library</source>
      <translation>Bibliothek</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Protokoll</translation>
    </message>
    <message>
      <source>No clip leaves this machine, and none is written to.</source>
      <translation>Kein Clip verlässt diesen Rechner, und in keinen wird geschrieben.</translation>
    </message>
    <message>
      <source>Sharpness</source>
      <translation>Schärfe</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>Ton</translation>
    </message>
    <message>
      <source>Steadiness</source>
      <translation>Ruhe der Kamera</translation>
    </message>
  </context>
  <context>
    <name>ClassList</name>
    <message>
      <source>A folder as a class…</source>
      <translation>Einen Ordner als Klasse…</translation>
    </message>
    <message>
      <source>A folder of class folders…</source>
      <translation>Einen Ordner voller Klassenordner…</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Class</source>
      <translation>Klasse</translation>
    </message>
    <message>
      <source>Classes</source>
      <translation>Klassen</translation>
    </message>
    <message>
      <source>Clips</source>
      <translation>Clips</translation>
    </message>
    <message>
      <source>Drop a folder here, or add one below.</source>
      <translation>Einen Ordner hierher ziehen oder unten einen hinzufügen.</translation>
    </message>
    <message>
      <source>Filter: {name}</source>
      <translation>Filter: {name}</translation>
    </message>
    <message>
      <source>Kept and rejected clips</source>
      <translation>Behaltene und verworfene Clips</translation>
    </message>
    <message>
      <source>No clip was found there.</source>
      <translation>Dort wurde kein Clip gefunden.</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>Herausnehmen</translation>
    </message>
    <message>
      <source>The clips that are shown now</source>
      <translation>Die jetzt gezeigten Clips</translation>
    </message>
    <message>
      <source>kept</source>
      <translation>behalten</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>shown</source>
      <translation>gezeigt</translation>
    </message>
  </context>
  <context>
    <name>ClassifierActions</name>
    <message>
      <source>Folder of a classifier</source>
      <translation>Ordner eines Klassifikators</translation>
    </message>
    <message>
      <source>{name} was put aside; nothing is deleted.</source>
      <translation>{name} wurde beiseitegelegt; gelöscht wird nichts.</translation>
    </message>
    <message>
      <source>{title} is installed: every clip gets a tag: {labels}.</source>
      <translation>{title} ist installiert: Jeder Clip erhält ein Schlagwort: {labels}.</translation>
    </message>
  </context>
  <context>
    <name>ClassifiersDialog</name>
    <message>
      <source>A classifier gives every clip a tag: a column, a filter, and a keyword in every export. Drop a classifier's folder on the window to install it; it is checked first, and nothing in it is executed.</source>
      <translation>Ein Klassifikator gibt jedem Clip ein Schlagwort: eine Spalte, einen Filter und ein Stichwort in jedem Export. Zum Installieren den Ordner auf das Fenster ziehen; er wird zuerst geprüft, und nichts darin wird ausgeführt.</translation>
    </message>
    <message>
      <source>Add…</source>
      <translation>Hinzufügen…</translation>
    </message>
    <message>
      <source>Classifier</source>
      <translation>Klassifikator</translation>
    </message>
    <message>
      <source>Not used: {why}</source>
      <translation>Wird nicht verwendet: {why}</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Right when tried</source>
      <translation>Richtig bei der Probe</translation>
    </message>
    <message>
      <source>Tags and classifiers</source>
      <translation>Schlagwörter und Klassifikatoren</translation>
    </message>
    <message>
      <source>Tells apart</source>
      <translation>Unterscheidet</translation>
    </message>
    <message>
      <source>Train one…</source>
      <translation>Anlernen…</translation>
    </message>
    <message>
      <source>not stated</source>
      <translation>nicht angegeben</translation>
    </message>
    <message>
      <source>{right}, by guessing {guess}</source>
      <translation>{right}, geraten {guess}</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>A filter is at work: it may hide what was added.</source>
      <translation>Ein Filter ist aktiv: Er verbirgt vielleicht, was hinzukam.</translation>
    </message>
    <message>
      <source>Add a folder of clips</source>
      <translation>Ordner mit Clips hinzufügen</translation>
    </message>
    <message>
      <source>Add clips</source>
      <translation>Clips hinzufügen</translation>
    </message>
    <message numerus="yes">
      <source>Copied the path of %n clip(s)</source>
      <translation>
        <numerusform>Pfad von %n Clip kopiert</numerusform>
        <numerusform>Pfade von %n Clips kopiert</numerusform>
      </translation>
    </message>
    <message>
      <source>In the menu View: {action}.</source>
      <translation>Im Menü Ansicht: {action}.</translation>
    </message>
    <message>
      <source>Name of the filter</source>
      <translation>Name des Filters</translation>
    </message>
    <message>
      <source>Save this filter</source>
      <translation>Diesen Filter speichern</translation>
    </message>
    <message>
      <source>Skimming has ended.</source>
      <translation>Das Überfliegen ist zu Ende.</translation>
    </message>
    <message>
      <source>Skimming.</source>
      <translation>Die Clips werden überflogen.</translation>
    </message>
    <message>
      <source>{keep} keeps a clip, {reject} rejects it, {skim} skims. {keys}: all keys.</source>
      <translation>{keep} behält einen Clip, {reject} verwirft ihn, {skim} überfliegt. {keys}: alle Tasten.</translation>
    </message>
  </context>
  <context>
    <name>CompareDialog</name>
    <message>
      <source>Best segment</source>
      <translation>Bester Abschnitt</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
    <message>
      <source>Sharp</source>
      <translation>Scharf</translation>
    </message>
    <message>
      <source>Space and J K L play all, a click on a strip seeks in all, a number keeps it.</source>
      <translation>Leertaste und J K L spielen alle, ein Klick auf einen Streifen springt in allen, eine Zahl behält die Aufnahme.</translation>
    </message>
    <message>
      <source>Steady</source>
      <translation>Ruhig</translation>
    </message>
    <message>
      <source>Usability</source>
      <translation>Brauchbarkeit</translation>
    </message>
    <message>
      <source>Well exposed</source>
      <translation>Gut belichtet</translation>
    </message>
  </context>
  <context>
    <name>Culling</name>
    <message>
      <source>Change limits</source>
      <translation>Grenzen ändern</translation>
    </message>
    <message>
      <source>Change limits of {folder}</source>
      <translation>Grenzen von {folder} ändern</translation>
    </message>
    <message numerus="yes">
      <source>Clear the mark of %n clip(s)</source>
      <translation>
        <numerusform>Markierung von %n Clip löschen</numerusform>
        <numerusform>Markierung von %n Clips löschen</numerusform>
      </translation>
    </message>
    <message>
      <source>Done again: {step}.</source>
      <translation>Wiederholt: {step}.</translation>
    </message>
    <message numerus="yes">
      <source>Give %n clip(s) {stars}</source>
      <translation>
        <numerusform>%n Clip {stars} geben</numerusform>
        <numerusform>%n Clips {stars} geben</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>In and out of %n clip(s)</source>
      <translation>
        <numerusform>In und Out von %n Clip</numerusform>
        <numerusform>In und Out von %n Clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n clip(s)</source>
      <translation>
        <numerusform>%n Clip behalten</numerusform>
        <numerusform>%n Clips behalten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep one of %n clip(s)</source>
      <translation>
        <numerusform>Einen von %n Clip behalten</numerusform>
        <numerusform>Einen von %n Clips behalten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Mark %n clip(s) by verdict</source>
      <translation>
        <numerusform>%n Clip nach dem Urteil markieren</numerusform>
        <numerusform>%n Clips nach dem Urteil markieren</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Note on %n clip(s)</source>
      <translation>
        <numerusform>Notiz zu %n Clip</numerusform>
        <numerusform>Notiz zu %n Clips</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Overrule a flag of %n clip(s)</source>
      <translation>
        <numerusform>Befund von %n Clip aufheben</numerusform>
        <numerusform>Befund von %n Clips aufheben</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Read back %n clip(s)</source>
      <translation>
        <numerusform>%n Clip zurücklesen</numerusform>
        <numerusform>%n Clips zurücklesen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Reject %n clip(s)</source>
      <translation>
        <numerusform>%n Clip verwerfen</numerusform>
        <numerusform>%n Clips verwerfen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Remove %n clip(s) from the library</source>
      <translation>
        <numerusform>%n Clip aus der Bibliothek nehmen</numerusform>
        <numerusform>%n Clips aus der Bibliothek nehmen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Removed from the library: %n clip(s). The files stay.</source>
      <translation>
        <numerusform>Aus der Bibliothek genommen: %n Clip. Die Datei bleibt.</numerusform>
        <numerusform>Aus der Bibliothek genommen: %n Clips. Die Dateien bleiben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Take the stars from %n clip(s)</source>
      <translation>
        <numerusform>%n Clip die Sterne nehmen</numerusform>
        <numerusform>%n Clips die Sterne nehmen</numerusform>
      </translation>
    </message>
    <message>
      <source>The filter hides {name}.</source>
      <translation>Der Filter verbirgt {name}.</translation>
    </message>
    <message>
      <source>The filter hides {n} of them.</source>
      <translation>Der Filter verbirgt {n} davon.</translation>
    </message>
    <message>
      <source>Undone: {step}.</source>
      <translation>Rückgängig gemacht: {step}.</translation>
    </message>
  </context>
  <context>
    <name>DialogActions</name>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Restart</source>
      <translation>Neustart</translation>
    </message>
    <message>
      <source>Restart now</source>
      <translation>Jetzt neu starten</translation>
    </message>
    <message>
      <source>Select {fewest} to {most} clips, or a stack, to compare them.</source>
      <translation>Zum Vergleichen {fewest} bis {most} Clips oder einen Stapel auswählen.</translation>
    </message>
    <message>
      <source>The program comes back to this clip, and the analysis goes on where it was. Only what can be undone is forgotten.</source>
      <translation>Das Programm kehrt zu diesem Clip zurück, und die Analyse geht dort weiter, wo sie war. Nur was sich rückgängig machen ließe, ist dann vergessen.</translation>
    </message>
    <message>
      <source>What you changed takes effect at the next start.</source>
      <translation>Was Sie geändert haben, gilt ab dem nächsten Start.</translation>
    </message>
  </context>
  <context>
    <name>EmptyPage</name>
    <message>
      <source>Add a folder…</source>
      <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
      <source>Drop a folder of clips here</source>
      <translation>Einen Ordner mit Clips hierher ziehen</translation>
    </message>
    <message>
      <source>Every clip becomes a card and is rated: blur, exposure, shake. Your files are only read, never changed, and nothing leaves this machine.</source>
      <translation>Jeder Clip wird zu einer Karte und bewertet: Schärfe, Belichtung, Verwacklung. Ihre Dateien werden nur gelesen, nie verändert, und nichts verlässt diesen Rechner.</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message numerus="yes">
      <source>%n clip(s) will be in it</source>
      <translation>
        <numerusform>%n Clip wird darin stehen</numerusform>
        <numerusform>%n Clips werden darin stehen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And %n more.</source>
      <translation>
        <numerusform>Und %n weitere.</numerusform>
        <numerusform>Und %n weitere.</numerusform>
      </translation>
    </message>
    <message>
      <source>As Resolve exported them…</source>
      <translation>Wie Resolve sie exportiert hat…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Clips</source>
      <translation>Clips</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>For Bridge</source>
      <translation>Für Bridge</translation>
    </message>
    <message>
      <source>For Lightroom and Premiere</source>
      <translation>Für Lightroom und Premiere</translation>
    </message>
    <message>
      <source>For all programs</source>
      <translation>Für alle Programme</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>Looking…</source>
      <translation>Wird angesehen…</translation>
    </message>
    <message>
      <source>Metadata that Resolve exported</source>
      <translation>Metadaten, die Resolve exportiert hat</translation>
    </message>
    <message>
      <source>Rejects in XMP files</source>
      <translation>Verworfene in XMP-Dateien</translation>
    </message>
    <message>
      <source>The selection ({n})</source>
      <translation>Die Auswahl ({n})</translation>
    </message>
    <message>
      <source>What is shown ({n})</source>
      <translation>Was zu sehen ist ({n})</translation>
    </message>
    <message>
      <source>What is shown and kept ({n})</source>
      <translation>Was zu sehen und behalten ist ({n})</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Was geschrieben wird</translation>
    </message>
    <message numerus="yes">
      <source>Wrote %n sidecar(s)</source>
      <translation>
        <numerusform>%n Begleitdatei geschrieben</numerusform>
        <numerusform>%n Begleitdateien geschrieben</numerusform>
      </translation>
    </message>
    <message>
      <source>Wrote {path}</source>
      <translation>{path} geschrieben</translation>
    </message>
    <message>
      <source>new: {path}</source>
      <translation>neu: {path}</translation>
    </message>
    <message>
      <source>patch: {path}</source>
      <translation>ergänzen: {path}</translation>
    </message>
    <message>
      <source>{fresh} new sidecars, {patched} patched; the clips are never written to</source>
      <translation>{fresh} neue Begleitdateien, {patched} ergänzt; in die Clips wird nie geschrieben</translation>
    </message>
  </context>
  <context>
    <name>Facts</name>
    <message>
      <source>Keep</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>in {at}</source>
      <translation>In {at}</translation>
    </message>
    <message>
      <source>interlaced</source>
      <translation>Halbbilder</translation>
    </message>
    <message>
      <source>no sound</source>
      <translation>ohne Ton</translation>
    </message>
    <message>
      <source>out {at}</source>
      <translation>Out {at}</translation>
    </message>
    <message>
      <source>variable rate</source>
      <translation>veränderliche Bildrate</translation>
    </message>
    <message>
      <source>{rate} fps</source>
      <translation>{rate} fps</translation>
    </message>
  </context>
  <context>
    <name>FailuresDialog</name>
    <message>
      <source>Clip</source>
      <translation>Clip</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>The log is at {path}</source>
      <translation>Das Protokoll liegt in {path}</translation>
    </message>
    <message>
      <source>What failed and why</source>
      <translation>Was misslang und warum</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
  </context>
  <context>
    <name>FaultEditor</name>
    <message numerus="yes">
      <source>%n clips</source>
      <translation>
        <numerusform>%n Clip</numerusform>
        <numerusform>%n Clips</numerusform>
      </translation>
    </message>
    <message>
      <source>Make this clip the limit</source>
      <translation>Diesen Clip zur Grenze machen</translation>
    </message>
    <message>
      <source>Make this clip the limit: what is worse is flagged</source>
      <translation>Diesen Clip zur Grenze machen: Was schlechter ist, erhält einen Befund</translation>
    </message>
    <message>
      <source>This clip: {share} % of seconds</source>
      <translation>Dieser Clip: {share} % der Sekunden</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>und %n weiterer</numerusform>
        <numerusform>und %n weitere</numerusform>
      </translation>
    </message>
    <message>
      <source>counts over</source>
      <translation>zählt ab</translation>
    </message>
    <message>
      <source>tolerated</source>
      <translation>geduldet</translation>
    </message>
    <message>
      <source>{fault}: a second counts over</source>
      <translation>{fault}: Eine Sekunde zählt ab</translation>
    </message>
    <message>
      <source>{fault}: share of seconds tolerated</source>
      <translation>{fault}: geduldeter Anteil der Sekunden</translation>
    </message>
    <message>
      <source>{now} → {then} clips</source>
      <translation>{now} → {then} Clips</translation>
    </message>
    <message>
      <source>{percent} %</source>
      <translation>{percent} %</translation>
    </message>
  </context>
  <context>
    <name>FileSteps</name>
    <message numerus="yes">
      <source>%n file(s) could not be: {why}</source>
      <translation>
        <numerusform>%n Datei ging nicht: {why}</numerusform>
        <numerusform>%n Dateien gingen nicht: {why}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) done again.</source>
      <translation>
        <numerusform>%n Datei erneut erledigt.</numerusform>
        <numerusform>%n Dateien erneut erledigt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) taken back.</source>
      <translation>
        <numerusform>%n Datei zurückgenommen.</numerusform>
        <numerusform>%n Dateien zurückgenommen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Copy %n file(s)</source>
      <translation>
        <numerusform>%n Datei kopieren</numerusform>
        <numerusform>%n Dateien kopieren</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Link %n file(s)</source>
      <translation>
        <numerusform>%n Datei verknüpfen</numerusform>
        <numerusform>%n Dateien verknüpfen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Move %n file(s)</source>
      <translation>
        <numerusform>%n Datei verschieben</numerusform>
        <numerusform>%n Dateien verschieben</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Put %n file(s) into the trash</source>
      <translation>
        <numerusform>%n Datei in den Papierkorb legen</numerusform>
        <numerusform>%n Dateien in den Papierkorb legen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FilesDialog</name>
    <message numerus="yes">
      <source>%n clip(s) stay as they are.</source>
      <translation>
        <numerusform>%n Clip bleibt, wie er ist.</numerusform>
        <numerusform>%n Clips bleiben, wie sie sind.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) could not be.</source>
      <translation>
        <numerusform>%n Datei ging nicht.</numerusform>
        <numerusform>%n Dateien gingen nicht.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) done.</source>
      <translation>
        <numerusform>%n Datei erledigt.</numerusform>
        <numerusform>%n Dateien erledigt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s), nothing is touched yet.</source>
      <translation>
        <numerusform>%n Datei; noch ist nichts angerührt.</numerusform>
        <numerusform>%n Dateien; noch ist nichts angerührt.</numerusform>
      </translation>
    </message>
    <message>
      <source>A folder for each camera</source>
      <translation>Ein Ordner je Kamera</translation>
    </message>
    <message>
      <source>A folder for each day</source>
      <translation>Ein Ordner je Tag</translation>
    </message>
    <message>
      <source>A folder for each verdict</source>
      <translation>Ein Ordner je Urteil</translation>
    </message>
    <message>
      <source>At work…</source>
      <translation>In Arbeit…</translation>
    </message>
    <message>
      <source>Choose a folder to see what would happen.</source>
      <translation>Wählen Sie einen Ordner, um zu sehen, was geschehen würde.</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Copy the kept clips</source>
      <translation>Behaltene Clips kopieren</translation>
    </message>
    <message>
      <source>Copy, move or link files</source>
      <translation>Dateien kopieren, verschieben oder verknüpfen</translation>
    </message>
    <message numerus="yes">
      <source>Copying was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Das Kopieren wurde abgebrochen; %n Datei steht noch aus.</numerusform>
        <numerusform>Das Kopieren wurde abgebrochen; %n Dateien stehen noch aus.</numerusform>
      </translation>
    </message>
    <message>
      <source>Do it</source>
      <translation>Ausführen</translation>
    </message>
    <message>
      <source>Every file is in one place, whole.</source>
      <translation>Jede Datei liegt unversehrt an einem Ort.</translation>
    </message>
    <message>
      <source>Finish</source>
      <translation>Zu Ende führen</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>Nach</translation>
    </message>
    <message>
      <source>It was stopped before the end.</source>
      <translation>Es wurde vor dem Ende angehalten.</translation>
    </message>
    <message>
      <source>Link the kept clips</source>
      <translation>Behaltene Clips verknüpfen</translation>
    </message>
    <message numerus="yes">
      <source>Linking was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Das Verknüpfen wurde abgebrochen; %n Datei steht noch aus.</numerusform>
        <numerusform>Das Verknüpfen wurde abgebrochen; %n Dateien stehen noch aus.</numerusform>
      </translation>
    </message>
    <message>
      <source>Looking…</source>
      <translation>Wird angesehen…</translation>
    </message>
    <message>
      <source>Move the kept clips</source>
      <translation>Behaltene Clips verschieben</translation>
    </message>
    <message numerus="yes">
      <source>Moving was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Das Verschieben wurde abgebrochen; %n Datei steht noch aus.</numerusform>
        <numerusform>Das Verschieben wurde abgebrochen; %n Dateien stehen noch aus.</numerusform>
      </translation>
    </message>
    <message>
      <source>No clip that is shown is kept: mark some first.</source>
      <translation>Keiner der gezeigten Clips ist behalten: zuerst einige markieren.</translation>
    </message>
    <message>
      <source>No clip that is shown is rejected: mark some first.</source>
      <translation>Keiner der gezeigten Clips ist verworfen: zuerst einige markieren.</translation>
    </message>
    <message>
      <source>No folders</source>
      <translation>Keine Ordner</translation>
    </message>
    <message>
      <source>Put the rejected clips into the trash</source>
      <translation>Verworfene Clips in den Papierkorb legen</translation>
    </message>
    <message numerus="yes">
      <source>Putting into the trash was cut off; %n file(s) are left to do.</source>
      <translation>
        <numerusform>Das Verschieben in den Papierkorb wurde abgebrochen; %n Datei steht noch aus.</numerusform>
        <numerusform>Das Verschieben in den Papierkorb wurde abgebrochen; %n Dateien stehen noch aus.</numerusform>
      </translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Wird angehalten…</translation>
    </message>
    <message>
      <source>There is not enough room.</source>
      <translation>Der Platz reicht nicht.</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Nach</translation>
    </message>
    <message>
      <source>Undo this</source>
      <translation>Rückgängig machen</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What happens to which file</source>
      <translation>Was mit welcher Datei geschieht</translation>
    </message>
    <message>
      <source>Where the files go</source>
      <translation>Wohin die Dateien kommen</translation>
    </message>
    <message>
      <source>cut off</source>
      <translation>abgebrochen</translation>
    </message>
    <message>
      <source>done</source>
      <translation>erledigt</translation>
    </message>
    <message>
      <source>not done</source>
      <translation>nicht erledigt</translation>
    </message>
    <message>
      <source>taken back</source>
      <translation>zurückgenommen</translation>
    </message>
    <message>
      <source>the trash</source>
      <translation>Papierkorb</translation>
    </message>
    <message>
      <source>to do</source>
      <translation>steht aus</translation>
    </message>
    <message>
      <source>{needed} are needed, {free} are free.</source>
      <translation>{needed} werden gebraucht, {free} sind frei.</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source>Any</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Codec</source>
      <translation>Codec</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Tag</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>Filter by {what}</source>
      <translation>Filtern nach {what}</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>Befunde</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>For you</source>
      <translation>Für Sie</translation>
    </message>
    <message>
      <source>Mark</source>
      <translation>Markierung</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>More conditions to filter by</source>
      <translation>Weitere Bedingungen zum Filtern</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>Alle zeigen</translation>
    </message>
    <message>
      <source>Stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Usability</source>
      <translation>Brauchbarkeit</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
    </message>
  </context>
  <context>
    <name>FilteredPage</name>
    <message>
      <source>No clip passes the filter</source>
      <translation>Kein Clip entspricht dem Filter</translation>
    </message>
    <message>
      <source>Show all clips</source>
      <translation>Alle Clips zeigen</translation>
    </message>
    <message>
      <source>The library has clips; the filter hides all of them.</source>
      <translation>Die Bibliothek hat Clips; der Filter blendet alle aus.</translation>
    </message>
  </context>
  <context>
    <name>FolderList</name>
    <message>
      <source>Add…</source>
      <translation>Hinzufügen…</translation>
    </message>
    <message>
      <source>No folder is watched.</source>
      <translation>Kein Ordner wird beobachtet.</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>Ordner beobachten</translation>
    </message>
    <message>
      <source>Watched folders</source>
      <translation>Beobachtete Ordner</translation>
    </message>
  </context>
  <context>
    <name>Graph</name>
    <message>
      <source>limit {limit}</source>
      <translation>Grenze {limit}</translation>
    </message>
    <message>
      <source>not measured</source>
      <translation>nicht gemessen</translation>
    </message>
    <message>
      <source>{fault}: graph over time</source>
      <translation>{fault}: Verlauf über die Zeit</translation>
    </message>
  </context>
  <context>
    <name>ImportActions</name>
    <message numerus="yes">
      <source>%n clip(s) are not in the library.</source>
      <translation>
        <numerusform>%n Clip ist nicht in der Bibliothek.</numerusform>
        <numerusform>%n Clips sind nicht in der Bibliothek.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n clip(s) changed.</source>
      <translation>
        <numerusform>%n Clip geändert.</numerusform>
        <numerusform>%n Clips geändert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n clip(s) could be several; nothing was taken over of them.</source>
      <translation>
        <numerusform>%n Clip könnte mehrere meinen; von ihm wurde nichts übernommen.</numerusform>
        <numerusform>%n Clips könnten mehrere meinen; von ihnen wurde nichts übernommen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mark(s) read from sidecars.</source>
      <translation>
        <numerusform>%n Markierung aus Begleitdateien gelesen.</numerusform>
        <numerusform>%n Markierungen aus Begleitdateien gelesen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mark(s) read from the team's file.</source>
      <translation>
        <numerusform>%n Markierung aus der Datei des Teams gelesen.</numerusform>
        <numerusform>%n Markierungen aus der Datei des Teams gelesen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sidecar(s) differ: what was said here holds.</source>
      <translation>
        <numerusform>%n Begleitdatei sagt anderes: Was hier gesagt wurde, gilt.</numerusform>
        <numerusform>%n Begleitdateien sagen anderes: Was hier gesagt wurde, gilt.</numerusform>
      </translation>
    </message>
    <message>
      <source>Final Cut Pro, Resolve, table</source>
      <translation>Final Cut Pro, Resolve, Tabelle</translation>
    </message>
    <message>
      <source>Read marks back</source>
      <translation>Markierungen zurücklesen</translation>
    </message>
    <message numerus="yes">
      <source>Read sidecars of %n clip(s)</source>
      <translation>
        <numerusform>Begleitdatei von %n Clip lesen</numerusform>
        <numerusform>Begleitdateien von %n Clips lesen</numerusform>
      </translation>
    </message>
    <message>
      <source>Sharing is off: turn it on in the settings, under Hand-off.</source>
      <translation>Das Teilen ist ausgeschaltet: in den Einstellungen unter „Übergabe“ lässt es sich einschalten.</translation>
    </message>
    <message numerus="yes">
      <source>Take over %n clip(s) from the team</source>
      <translation>
        <numerusform>%n Clip vom Team übernehmen</numerusform>
        <numerusform>%n Clips vom Team übernehmen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The newest statement holds. %n was overruled.</source>
      <translation>
        <numerusform>Die neueste Aussage gilt. %n wurde überstimmt.</numerusform>
        <numerusform>Die neueste Aussage gilt. %n wurden überstimmt.</numerusform>
      </translation>
    </message>
    <message>
      <source>Where the team disagrees</source>
      <translation>Wo das Team uneins ist</translation>
    </message>
    <message>
      <source>Which clip is meant?</source>
      <translation>Welcher Clip ist gemeint?</translation>
    </message>
  </context>
  <context>
    <name>LearnDialog</name>
    <message>
      <source>Agrees with your marks, on clips it had not seen:</source>
      <translation>Stimmt mit Ihren Markierungen überein, bei Clips, die sie nicht kannte:</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Comparing with your marks…</source>
      <translation>Wird mit Ihren Markierungen verglichen…</translation>
    </message>
    <message>
      <source>End of the rating for you</source>
      <translation>Ende der Bewertung für Sie</translation>
    </message>
    <message>
      <source>Export what was learned</source>
      <translation>Gelerntes exportieren</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>For you</source>
      <translation>Für Sie</translation>
    </message>
    <message>
      <source>Import what was learned</source>
      <translation>Gelerntes importieren</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>Importieren…</translation>
    </message>
    <message>
      <source>In use, learned {when} from {marks} marks.</source>
      <translation>In Gebrauch, gelernt am {when} aus {marks} Markierungen.</translation>
    </message>
    <message>
      <source>Learn from my marks</source>
      <translation>Aus meinen Markierungen lernen</translation>
    </message>
    <message>
      <source>Not in use: clips have the verdict alone.</source>
      <translation>Nicht in Gebrauch: Clips haben allein das Urteil.</translation>
    </message>
    <message>
      <source>Rate for me</source>
      <translation>Für mich bewerten</translation>
    </message>
    <message>
      <source>Rating for you</source>
      <translation>Bewertung für Sie</translation>
    </message>
    <message>
      <source>Rating for you from a file</source>
      <translation>Bewertung für Sie aus einer Datei</translation>
    </message>
    <message>
      <source>Usability alone</source>
      <translation>Brauchbarkeit allein</translation>
    </message>
    <message>
      <source>Verdict alone</source>
      <translation>Nur das Urteil</translation>
    </message>
    <message>
      <source>What you keep and reject says what you look for. Learned from it, every clip gets a second rating, “For you”, beside the verdict and never in its place. No clip is read again, and nothing leaves this machine.</source>
      <translation>Was Sie behalten und verwerfen, sagt, worauf Sie achten. Daraus gelernt, bekommt jeder Clip eine zweite Bewertung, „Für Sie“, neben dem Urteil und nie an seiner Stelle. Kein Clip wird dafür noch einmal gelesen, und nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
      <source>Wrote {path}</source>
      <translation>{path} geschrieben</translation>
    </message>
    <message>
      <source>Your marks</source>
      <translation>Ihre Markierungen</translation>
    </message>
    <message>
      <source>{kept} kept, {rejected} rejected</source>
      <translation>{kept} behalten, {rejected} verworfen</translation>
    </message>
    <message>
      <source>{marks} of {needed}</source>
      <translation>{marks} von {needed}</translation>
    </message>
  </context>
  <context>
    <name>LibraryPane</name>
    <message>
      <source>Clips as a table</source>
      <translation>Clips als Tabelle</translation>
    </message>
    <message>
      <source>Clips as cards</source>
      <translation>Clips als Karten</translation>
    </message>
  </context>
  <context>
    <name>LimitsPanel</name>
    <message>
      <source>As the library</source>
      <translation>Wie die Bibliothek</translation>
    </message>
    <message>
      <source>Back to the program's limits for daylight</source>
      <translation>Zurück zu den Grenzen des Programms für Tageslicht</translation>
    </message>
    <message>
      <source>Dim: against its camera and hour</source>
      <translation>Dunkel: an Kamera und Stunde gemessen</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Für</translation>
    </message>
    <message>
      <source>Limits</source>
      <translation>Grenzen</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>More about presets</source>
      <translation>Mehr zu Vorgaben</translation>
    </message>
    <message>
      <source>Name of the preset</source>
      <translation>Name der Vorgabe</translation>
    </message>
    <message>
      <source>Own limits</source>
      <translation>Eigene Grenzen</translation>
    </message>
    <message>
      <source>Preset</source>
      <translation>Vorgabe</translation>
    </message>
    <message>
      <source>Remove the preset {name}</source>
      <translation>Vorgabe {name} entfernen</translation>
    </message>
    <message>
      <source>Save as a preset</source>
      <translation>Als Vorgabe speichern</translation>
    </message>
    <message>
      <source>Save as a preset…</source>
      <translation>Als Vorgabe speichern…</translation>
    </message>
    <message>
      <source>The folder gives up its own limits</source>
      <translation>Der Ordner gibt seine eigenen Grenzen auf</translation>
    </message>
    <message>
      <source>The folder {name}</source>
      <translation>Der Ordner {name}</translation>
    </message>
    <message>
      <source>The limits are for</source>
      <translation>Die Grenzen gelten für</translation>
    </message>
    <message>
      <source>The whole library</source>
      <translation>Die ganze Bibliothek</translation>
    </message>
    <message>
      <source>Where most clips of an hour are dark, only darker ones are underexposed</source>
      <translation>Wo die meisten Clips einer Stunde dunkel sind, gelten nur dunklere als unterbelichtet</translation>
    </message>
    <message>
      <source>{name} is a preset of the program; choose another name.</source>
      <translation>{name} ist eine Vorgabe des Programms; bitte einen anderen Namen wählen.</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Redo: {step}</source>
      <translation>Wiederholen: {step}</translation>
    </message>
    <message>
      <source>Something went wrong in the program; the log says what: {path}</source>
      <translation>Im Programm ist etwas schiefgegangen; was, steht im Protokoll: {path}</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo: {step}</source>
      <translation>Rückgängig: {step}</translation>
    </message>
  </context>
  <context>
    <name>NoteEdit</name>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
  </context>
  <context>
    <name>Notice</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close this message</source>
      <translation>Diese Meldung schließen</translation>
    </message>
  </context>
  <context>
    <name>OverruleAction</name>
    <message>
      <source>Take back: {fault}</source>
      <translation>Zurücknehmen: {fault}</translation>
    </message>
    <message>
      <source>Taken back: {fault} counts again.</source>
      <translation>Zurückgenommen: {fault} zählt wieder.</translation>
    </message>
    <message>
      <source>Which flag is wrong?</source>
      <translation>Welcher Befund stimmt nicht?</translation>
    </message>
    <message>
      <source>You called this wrong: {fault}.</source>
      <translation>Sie haben dies für falsch erklärt: {fault}.</translation>
    </message>
  </context>
  <context>
    <name>PictureView</name>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
  </context>
  <context>
    <name>PlayerPanel</name>
    <message>
      <source>The file is not there. Its rating and its mark are kept.</source>
      <translation>Die Datei ist nicht da. Ihre Bewertung und ihre Markierung bleiben.</translation>
    </message>
    <message>
      <source>The loop is off.</source>
      <translation>Die Schleife ist aus.</translation>
    </message>
    <message>
      <source>The loop is on.</source>
      <translation>Die Schleife ist an.</translation>
    </message>
    <message>
      <source>The sound is off.</source>
      <translation>Der Ton ist aus.</translation>
    </message>
    <message>
      <source>The sound is on.</source>
      <translation>Der Ton ist an.</translation>
    </message>
    <message>
      <source>This clip cannot be shown.</source>
      <translation>Dieser Clip kann nicht gezeigt werden.</translation>
    </message>
  </context>
  <context>
    <name>RangeMenu</name>
    <message>
      <source>from</source>
      <translation>von</translation>
    </message>
    <message>
      <source>to</source>
      <translation>bis</translation>
    </message>
  </context>
  <context>
    <name>ReelDialog</name>
    <message numerus="yes">
      <source>%n kept clip(s) in one film of {length}: of each its in and out, or else its best segment.</source>
      <translation>
        <numerusform>%n behaltener Clip in einem Film von {length}: von jedem In und Out oder sonst der beste Abschnitt.</numerusform>
        <numerusform>%n behaltene Clips in einem Film von {length}: von jedem In und Out oder sonst der beste Abschnitt.</numerusform>
      </translation>
    </message>
    <message>
      <source>As shown</source>
      <translation>Wie zu sehen</translation>
    </message>
    <message>
      <source>Best first</source>
      <translation>Beste zuerst</translation>
    </message>
    <message>
      <source>By name</source>
      <translation>Nach Name</translation>
    </message>
    <message>
      <source>By recording time</source>
      <translation>Nach Aufnahmezeit</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Make the reel…</source>
      <translation>Film erstellen…</translation>
    </message>
    <message>
      <source>Making {path}…</source>
      <translation>{path} wird erstellt…</translation>
    </message>
    <message>
      <source>No clip that is shown is kept: mark some first.</source>
      <translation>Keiner der gezeigten Clips ist behalten: zuerst einige markieren.</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Reihenfolge</translation>
    </message>
    <message>
      <source>Play it</source>
      <translation>Abspielen</translation>
    </message>
    <message>
      <source>Selects reel</source>
      <translation>Film der Auswahl</translation>
    </message>
    <message>
      <source>Show each clip's name</source>
      <translation>Namen jedes Clips zeigen</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Stopped. No reel was written.</source>
      <translation>Angehalten. Kein Film wurde geschrieben.</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Wird angehalten…</translation>
    </message>
    <message>
      <source>What will be in the reel</source>
      <translation>Was im Film sein wird</translation>
    </message>
    <message>
      <source>Wrote {path}: {length}</source>
      <translation>{path} geschrieben: {length}</translation>
    </message>
    <message>
      <source>{name}: its sound could not be read.</source>
      <translation>{name}: Der Ton war nicht lesbar.</translation>
    </message>
  </context>
  <context>
    <name>RightPane</name>
    <message>
      <source>Limits</source>
      <translation>Grenzen</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
  </context>
  <context>
    <name>Saved</name>
    <message>
      <source>Remove the filter “{name}”</source>
      <translation>Filter „{name}“ entfernen</translation>
    </message>
    <message>
      <source>Remove the preset “{name}”</source>
      <translation>Vorgabe „{name}“ entfernen</translation>
    </message>
    <message>
      <source>Replace the filter “{name}”</source>
      <translation>Filter „{name}“ ersetzen</translation>
    </message>
    <message>
      <source>Replace the preset “{name}”</source>
      <translation>Vorgabe „{name}“ ersetzen</translation>
    </message>
    <message>
      <source>Save the filter “{name}”</source>
      <translation>Filter „{name}“ speichern</translation>
    </message>
    <message>
      <source>Save the preset “{name}”</source>
      <translation>Vorgabe „{name}“ speichern</translation>
    </message>
    <message>
      <source>The filter “{name}” was removed. Undo brings it back.</source>
      <translation>Der Filter „{name}“ wurde entfernt. Rückgängig bringt ihn zurück.</translation>
    </message>
    <message>
      <source>The filter “{name}” was replaced. Undo brings it back.</source>
      <translation>Der Filter „{name}“ wurde ersetzt. Rückgängig bringt ihn zurück.</translation>
    </message>
    <message>
      <source>The preset “{name}” was removed. Undo brings it back.</source>
      <translation>Die Vorgabe „{name}“ wurde entfernt. Rückgängig bringt sie zurück.</translation>
    </message>
    <message>
      <source>The preset “{name}” was replaced. Undo brings it back.</source>
      <translation>Die Vorgabe „{name}“ wurde ersetzt. Rückgängig bringt sie zurück.</translation>
    </message>
  </context>
  <context>
    <name>Section</name>
    <message>
      <source>Go to {time}</source>
      <translation>Zu {time} springen</translation>
    </message>
    <message>
      <source>The flag is taken off this clip, and remembered as a label</source>
      <translation>Der Befund wird von diesem Clip genommen und als Beispiel gemerkt</translation>
    </message>
    <message>
      <source>This is wrong</source>
      <translation>Das stimmt nicht</translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>Analysis</source>
      <translation>Analyse</translation>
    </message>
    <message>
      <source>Another device takes effect at the next start, which OK offers.</source>
      <translation>Ein anderes Gerät gilt ab dem nächsten Start; OK bietet ihn an.</translation>
    </message>
    <message>
      <source>Another language takes effect at the next start, which OK offers.</source>
      <translation>Eine andere Sprache gilt ab dem nächsten Start; OK bietet ihn an.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>Culling</source>
      <translation>Auswahl</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Folders that are watched for new clips:</source>
      <translation>Ordner, die auf neue Clips hin beobachtet werden:</translation>
    </message>
    <message>
      <source>For Bridge</source>
      <translation>Für Bridge</translation>
    </message>
    <message>
      <source>For Lightroom and Premiere</source>
      <translation>Für Lightroom und Premiere</translation>
    </message>
    <message>
      <source>For all programs</source>
      <translation>Für alle Programme</translation>
    </message>
    <message>
      <source>Go on to the next clip after a mark</source>
      <translation>Nach einer Markierung zum nächsten Clip gehen</translation>
    </message>
    <message>
      <source>Graphics card (CUDA)</source>
      <translation>Grafikkarte (CUDA)</translation>
    </message>
    <message>
      <source>Hand-off</source>
      <translation>Übergabe</translation>
    </message>
    <message>
      <source>Keep marks beside the footage too, for the team</source>
      <translation>Markierungen auch neben dem Material ablegen, für das Team</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Networks run on</source>
      <translation>Die Netze laufen auf</translation>
    </message>
    <message>
      <source>No motion: what goes is gone at once</source>
      <translation>Keine Bewegung: Was verschwindet, ist sofort weg</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>Partly usable clips</source>
      <translation>Teilweise brauchbare Clips</translation>
    </message>
    <message>
      <source>Processor</source>
      <translation>Prozessor</translation>
    </message>
    <message>
      <source>Rejects in XMP files</source>
      <translation>Verworfene in XMP-Dateien</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Take over marks from XMP files beside the clips</source>
      <translation>Markierungen aus XMP-Dateien neben den Clips übernehmen</translation>
    </message>
    <message>
      <source>The best there is</source>
      <translation>Bestes vorhandenes Gerät</translation>
    </message>
    <message>
      <source>The player begins again at the end</source>
      <translation>Der Player beginnt am Ende von vorn</translation>
    </message>
    <message>
      <source>Unusable clips</source>
      <translation>Unbrauchbare Clips</translation>
    </message>
    <message>
      <source>Usable clips</source>
      <translation>Brauchbare Clips</translation>
    </message>
    <message>
      <source>What the verdict may mark by itself, once a clip is analysed. A mark of yours is never touched.</source>
      <translation>Was das Urteil von selbst markieren darf, sobald ein Clip analysiert ist. Ihre eigenen Markierungen bleiben stets unberührt.</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenster</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Ihr Name</translation>
    </message>
    <message>
      <source>are kept</source>
      <translation>werden behalten</translation>
    </message>
    <message>
      <source>are rejected</source>
      <translation>werden verworfen</translation>
    </message>
    <message>
      <source>get no mark</source>
      <translation>erhalten keine Markierung</translation>
    </message>
    <message>
      <source>not given</source>
      <translation>nicht angegeben</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>Action</source>
      <translation>Aktion</translation>
    </message>
    <message>
      <source>All keys</source>
      <translation>Alle Tasten</translation>
    </message>
    <message>
      <source>Always: the arrows, Home, End and the page keys move in the library, with Shift they select. Enter plays the clip large. Ctrl and the wheel size the cards.</source>
      <translation>Immer: Pfeile, Pos1, Ende und die Bildtasten bewegen sich in der Bibliothek, mit Umschalt wählen sie aus. Enter spielt den Clip groß. Strg und das Rad machen die Karten größer oder kleiner.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Taste</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>New key</source>
      <translation>Neue Taste</translation>
    </message>
    <message>
      <source>No action has that name or key.</source>
      <translation>Keine Aktion hat diesen Namen oder diese Taste.</translation>
    </message>
    <message>
      <source>No key</source>
      <translation>Keine Taste</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>Zurücksetzen</translation>
    </message>
    <message>
      <source>Reset all</source>
      <translation>Alle zurücksetzen</translation>
    </message>
    <message>
      <source>Search an action or a key</source>
      <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
      <source>Take it from there</source>
      <translation>Dort wegnehmen</translation>
    </message>
    <message>
      <source>The clips need this key themselves.</source>
      <translation>Diese Taste brauchen die Clips selbst.</translation>
    </message>
    <message>
      <source>The other action has no key then</source>
      <translation>Die andere Aktion hat dann keine Taste</translation>
    </message>
    <message>
      <source>The same key also does this: {action}. Neither would work.</source>
      <translation>Dieselbe Taste tut auch dies: {action}. Beides ginge nicht mehr.</translation>
    </message>
    <message>
      <source>{action}: The clips need this key themselves.</source>
      <translation>{action}: Diese Taste brauchen die Clips selbst.</translation>
    </message>
    <message>
      <source>{one} and {other} have the same key. Neither would work.</source>
      <translation>{one} und {other} haben dieselbe Taste. Keine von beiden ginge.</translation>
    </message>
  </context>
  <context>
    <name>Sidebar</name>
    <message>
      <source>All clips</source>
      <translation>Alle Clips</translation>
    </message>
    <message>
      <source>Ctrl+click: these as well</source>
      <translation>Strg+Klick: diese dazu</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>Befunde</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Mark</source>
      <translation>Markierung</translation>
    </message>
    <message>
      <source>Not rated yet</source>
      <translation>Unbewertet</translation>
    </message>
    <message>
      <source>Remove this filter</source>
      <translation>Diesen Filter entfernen</translation>
    </message>
    <message>
      <source>Saved filters</source>
      <translation>Gespeicherte Filter</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
    </message>
    <message>
      <source>What the library holds</source>
      <translation>Was die Bibliothek enthält</translation>
    </message>
    <message>
      <source>With a problem</source>
      <translation>Mit Problem</translation>
    </message>
  </context>
  <context>
    <name>Stars</name>
    <message>
      <source>Stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>{count} of {most} stars</source>
      <translation>{count} von {most} Sternen</translation>
    </message>
    <message>
      <source>{keys}; none by {none}</source>
      <translation>{keys}; keine mit {none}</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message numerus="yes">
      <source>%n clip(s)</source>
      <translation>
        <numerusform>%n Clip</numerusform>
        <numerusform>%n Clips</numerusform>
      </translation>
    </message>
    <message>
      <source>Cancel the analysis</source>
      <translation>Analyse abbrechen</translation>
    </message>
    <message numerus="yes">
      <source>First look: {done} of %n clip(s)</source>
      <translation>
        <numerusform>Erster Blick: {done} von %n Clip</numerusform>
        <numerusform>Erster Blick: {done} von %n Clips</numerusform>
      </translation>
    </message>
    <message>
      <source>Hidden by filter: {n}</source>
      <translation>Vom Filter verborgen: {n}</translation>
    </message>
    <message>
      <source>Judged by</source>
      <translation>Beurteilt von</translation>
    </message>
    <message>
      <source>Opening the library…</source>
      <translation>Bibliothek wird geöffnet…</translation>
    </message>
    <message>
      <source>Pause the analysis</source>
      <translation>Analyse anhalten</translation>
    </message>
    <message>
      <source>Progress of the analysis</source>
      <translation>Fortschritt der Analyse</translation>
    </message>
    <message numerus="yes">
      <source>Rated: {done} of %n clip(s)</source>
      <translation>
        <numerusform>Bewertet: {done} von %n Clip</numerusform>
        <numerusform>Bewertet: {done} von %n Clips</numerusform>
      </translation>
    </message>
    <message>
      <source>Resume the analysis</source>
      <translation>Analyse fortsetzen</translation>
    </message>
    <message>
      <source>Scorer: {names}</source>
      <translation>Bewertet von: {names}</translation>
    </message>
    <message numerus="yes">
      <source>Tags: {done} of %n clip(s)</source>
      <translation>
        <numerusform>Schlagwörter: {done} von %n Clip</numerusform>
        <numerusform>Schlagwörter: {done} von %n Clips</numerusform>
      </translation>
    </message>
    <message>
      <source>What failed and why</source>
      <translation>Was misslang und warum</translation>
    </message>
    <message>
      <source>With a problem: {n}</source>
      <translation>Mit Problem: {n}</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>{clips}, reading folders…</source>
      <translation>{clips}, Ordner werden gelesen…</translation>
    </message>
    <message>
      <source>{n} h left</source>
      <translation>noch {n} h</translation>
    </message>
    <message>
      <source>{n} min left</source>
      <translation>noch {n} min</translation>
    </message>
    <message>
      <source>{n} of {shown} selected, {length}</source>
      <translation>{n} von {shown} ausgewählt, {length}</translation>
    </message>
    <message>
      <source>{n} s left</source>
      <translation>noch {n} s</translation>
    </message>
    <message>
      <source>{speed} × real time</source>
      <translation>{speed} × Echtzeit</translation>
    </message>
  </context>
  <context>
    <name>StripWidget</name>
    <message>
      <source>(over {limit})</source>
      <translation>(über {limit})</translation>
    </message>
    <message>
      <source>Quality strip</source>
      <translation>Qualitätsstreifen</translation>
    </message>
    <message>
      <source>best segment {start} to {end}</source>
      <translation>bester Abschnitt {start} bis {end}</translation>
    </message>
    <message>
      <source>not analysed yet</source>
      <translation>noch nicht analysiert</translation>
    </message>
    <message>
      <source>not measured</source>
      <translation>nicht gemessen</translation>
    </message>
    <message>
      <source>{fault} in {count} seconds</source>
      <translation>{fault} in {count} Sekunden</translation>
    </message>
  </context>
  <context>
    <name>Take</name>
    <message>
      <source>Keep this, reject the others ({number})</source>
      <translation>Diese behalten, die anderen verwerfen ({number})</translation>
    </message>
    <message>
      <source>This clip cannot be shown.</source>
      <translation>Dieser Clip kann nicht gezeigt werden.</translation>
    </message>
  </context>
  <context>
    <name>ToolBar</name>
    <message>
      <source>Group the cards</source>
      <translation>Karten gruppieren</translation>
    </message>
    <message>
      <source>Highest first</source>
      <translation>Höchste zuerst</translation>
    </message>
    <message>
      <source>Lowest first</source>
      <translation>Niedrigste zuerst</translation>
    </message>
    <message>
      <source>Search names and notes</source>
      <translation>Namen und Notizen suchen</translation>
    </message>
    <message>
      <source>Size of the cards</source>
      <translation>Größe der Karten</translation>
    </message>
    <message>
      <source>Sort by</source>
      <translation>Sortieren nach</translation>
    </message>
    <message>
      <source>Stack similar takes: {count} stacks found</source>
      <translation>Ähnliche Aufnahmen stapeln: {count} Stapel gefunden</translation>
    </message>
    <message>
      <source>Tool bar</source>
      <translation>Werkzeugleiste</translation>
    </message>
  </context>
  <context>
    <name>TrainDialog</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Drop a folder for each class here. It is tried on clips whose source it has not seen, and you see the result before it is used.</source>
      <translation>Für jede Klasse einen Ordner hierher ziehen. Erprobt wird an Clips, deren Quelle nicht gesehen wurde; das Ergebnis steht hier, bevor es verwendet wird.</translation>
    </message>
    <message>
      <source>Frames were seen by {backbone}, on {device}.</source>
      <translation>Die Bilder sah {backbone}, auf {device}.</translation>
    </message>
    <message>
      <source>Give it a title first, with a letter in it.</source>
      <translation>Zuerst einen Titel angeben, mit einem Buchstaben darin.</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Install</source>
      <translation>Installieren</translation>
    </message>
    <message>
      <source>Install all the same</source>
      <translation>Trotzdem installieren</translation>
    </message>
    <message>
      <source>Learning, and trying it on what it has not seen…</source>
      <translation>Lernt und wird an Ungesehenem erprobt…</translation>
    </message>
    <message>
      <source>Left out: {n}.</source>
      <translation>Ausgelassen: {n}.</translation>
    </message>
    <message>
      <source>Looking at the clips…</source>
      <translation>Die Clips werden angesehen…</translation>
    </message>
    <message>
      <source>Mistaken: {what}.</source>
      <translation>Verwechselt: {what}.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Paused. Nothing is lost while it waits.</source>
      <translation>Angehalten. Es geht nichts verloren, während gewartet wird.</translation>
    </message>
    <message>
      <source>Progress of the training</source>
      <translation>Fortschritt des Anlernens</translation>
    </message>
    <message>
      <source>R3D-18, for movement (downloaded, 127 MB)</source>
      <translation>R3D-18, für Bewegung (wird geladen, 127 MB)</translation>
    </message>
    <message>
      <source>ResNet-18 (downloaded, 45 MB)</source>
      <translation>ResNet-18 (wird geladen, 45 MB)</translation>
    </message>
    <message>
      <source>Seen by</source>
      <translation>Gesehen von</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Stopped. Started again, it goes on where it was.</source>
      <translation>Angehalten. Beim nächsten Mal geht es dort weiter.</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Wird angehalten…</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Anlernen</translation>
    </message>
    <message>
      <source>Train a classifier</source>
      <translation>Einen Klassifikator anlernen</translation>
    </message>
    <message>
      <source>What its column is called: Place, Shot size…</source>
      <translation>Wie die Spalte heißt: Ort, Einstellungsgröße…</translation>
    </message>
    <message>
      <source>the best at hand</source>
      <translation>das beste vorhandene Netz</translation>
    </message>
    <message>
      <source>the graphics card</source>
      <translation>der Grafikkarte</translation>
    </message>
    <message>
      <source>the processor</source>
      <translation>dem Prozessor</translation>
    </message>
  </context>
  <context>
    <name>Transport</name>
    <message>
      <source>Clipped highlights</source>
      <translation>Ausgefressene Lichter</translation>
    </message>
    <message>
      <source>Crushed shadows</source>
      <translation>Abgesoffene Tiefen</translation>
    </message>
    <message>
      <source>Focus peaking</source>
      <translation>Fokus-Peaking</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>In point here</source>
      <translation>In-Punkt hier</translation>
    </message>
    <message>
      <source>Loop</source>
      <translation>Schleife</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Stumm</translation>
    </message>
    <message>
      <source>One frame back</source>
      <translation>Ein Bild zurück</translation>
    </message>
    <message>
      <source>One frame on</source>
      <translation>Ein Bild vor</translation>
    </message>
    <message>
      <source>Out point here</source>
      <translation>Out-Punkt hier</translation>
    </message>
    <message>
      <source>Overlays on a paused frame</source>
      <translation>Überlagerungen auf dem Standbild</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>Abspielen</translation>
    </message>
    <message>
      <source>Play the best segment</source>
      <translation>Besten Abschnitt abspielen</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>Position</translation>
    </message>
    <message>
      <source>Shown by single frames, without sound</source>
      <translation>In Einzelbildern gezeigt, ohne Ton</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>Lautstärke</translation>
    </message>
  </context>
  <context>
    <name>WhyPanel</name>
    <message>
      <source>Against it: {aspects}.</source>
      <translation>Dagegen: {aspects}.</translation>
    </message>
    <message>
      <source>For you: {rating} of 100.</source>
      <translation>Für Sie: {rating} von 100.</translation>
    </message>
    <message>
      <source>It goes by your marks. For it: {aspects}.</source>
      <translation>Es folgt Ihren Markierungen. Dafür: {aspects}.</translation>
    </message>
    <message>
      <source>No clip is selected.</source>
      <translation>Kein Clip ist ausgewählt.</translation>
    </message>
    <message>
      <source>No flag was raised.</source>
      <translation>Kein Befund.</translation>
    </message>
    <message>
      <source>Part of the clip cannot be decoded: {detail}.</source>
      <translation>Ein Teil des Clips lässt sich nicht dekodieren: {detail}.</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>This clip was not analysed yet.</source>
      <translation>Dieser Clip wurde noch nicht analysiert.</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
    <message>
      <source>You called this wrong: {fault}.</source>
      <translation>Sie haben dies für falsch erklärt: {fault}.</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source>&amp;About Footage Sorter</source>
      <translation>Ü&amp;ber Footage Sorter</translation>
    </message>
    <message>
      <source>&amp;Analyse what is left</source>
      <translation>Analysieren, was &amp;noch fehlt</translation>
    </message>
    <message>
      <source>&amp;Analysis</source>
      <translation>Anal&amp;yse</translation>
    </message>
    <message>
      <source>&amp;Cancel the analysis</source>
      <translation>Analyse a&amp;bbrechen</translation>
    </message>
    <message>
      <source>&amp;Clear in and out</source>
      <translation>In und Out &amp;löschen</translation>
    </message>
    <message>
      <source>&amp;Clear the mark</source>
      <translation>Markierung &amp;löschen</translation>
    </message>
    <message>
      <source>&amp;Compare the selection or the stack</source>
      <translation>Auswahl oder Stapel &amp;vergleichen</translation>
    </message>
    <message>
      <source>&amp;Copy path</source>
      <translation>Pfad &amp;kopieren</translation>
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exportieren…</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Datei</translation>
    </message>
    <message>
      <source>&amp;Grid</source>
      <translation>&amp;Raster</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Behalten</translation>
    </message>
    <message>
      <source>&amp;Limits</source>
      <translation>&amp;Grenzen</translation>
    </message>
    <message>
      <source>&amp;Loop</source>
      <translation>S&amp;chleife</translation>
    </message>
    <message>
      <source>&amp;Mark</source>
      <translation>&amp;Markieren</translation>
    </message>
    <message>
      <source>&amp;Mute</source>
      <translation>St&amp;umm</translation>
    </message>
    <message>
      <source>&amp;Open or close the stack</source>
      <translation>Stapel &amp;öffnen oder schließen</translation>
    </message>
    <message>
      <source>&amp;Pause the analysis</source>
      <translation>Analyse &amp;anhalten</translation>
    </message>
    <message>
      <source>&amp;Play</source>
      <translation>&amp;Wiedergabe</translation>
    </message>
    <message>
      <source>&amp;Play or pause</source>
      <translation>Abspielen oder an&amp;halten</translation>
    </message>
    <message>
      <source>&amp;Player</source>
      <translation>&amp;Player</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>&amp;Beenden</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation>&amp;Wiederholen</translation>
    </message>
    <message>
      <source>&amp;Remove from library</source>
      <translation>Aus der Bibliothek ent&amp;fernen</translation>
    </message>
    <message>
      <source>&amp;Search</source>
      <translation>&amp;Suchen</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>E&amp;instellungen…</translation>
    </message>
    <message>
      <source>&amp;Sidebar</source>
      <translation>&amp;Seitenleiste</translation>
    </message>
    <message>
      <source>&amp;Stop</source>
      <translation>&amp;Stopp</translation>
    </message>
    <message>
      <source>&amp;Table</source>
      <translation>&amp;Tabelle</translation>
    </message>
    <message>
      <source>&amp;Undo</source>
      <translation>&amp;Rückgängig</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <source>&amp;Why</source>
      <translation>&amp;Warum</translation>
    </message>
    <message>
      <source>&amp;Write a note</source>
      <translation>Noti&amp;z schreiben</translation>
    </message>
    <message>
      <source>1 clip, rated {when}</source>
      <translation>1 Clip, bewertet am {when}</translation>
    </message>
    <message>
      <source>1 star</source>
      <translation>1 Stern</translation>
    </message>
    <message>
      <source>2 stars</source>
      <translation>2 Sterne</translation>
    </message>
    <message>
      <source>3 stars</source>
      <translation>3 Sterne</translation>
    </message>
    <message>
      <source>4 stars</source>
      <translation>4 Sterne</translation>
    </message>
    <message>
      <source>5 stars</source>
      <translation>5 Sterne</translation>
    </message>
    <message>
      <source>A &amp;flag is wrong</source>
      <translation>Ein Be&amp;fund stimmt nicht</translation>
    </message>
    <message>
      <source>A clip that cannot be played has no in and out.</source>
      <translation>Ein Clip, der sich nicht abspielen lässt, hat weder In noch Out.</translation>
    </message>
    <message>
      <source>A part of the clip could not be decoded.</source>
      <translation>Ein Teil des Clips ließ sich nicht dekodieren.</translation>
    </message>
    <message>
      <source>Add &amp;folder…</source>
      <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
      <source>Add f&amp;iles…</source>
      <translation>&amp;Dateien hinzufügen…</translation>
    </message>
    <message>
      <source>Agrees with your marks in {after} % of clips it had not seen; usability alone in {before} %.</source>
      <translation>Stimmt bei {after} % der Clips, die sie nicht kannte, mit Ihren Markierungen überein; die Brauchbarkeit allein bei {before} %.</translation>
    </message>
    <message>
      <source>All &amp;keys</source>
      <translation>Alle &amp;Tasten</translation>
    </message>
    <message>
      <source>All clips are shown.</source>
      <translation>Alle Clips sind zu sehen.</translation>
    </message>
    <message>
      <source>Another Footage Sorter is using the library {path}: close it, or wait until it is done.</source>
      <translation>Ein anderer Footage Sorter benutzt die Bibliothek {path}: Schließen Sie ihn, oder warten Sie, bis er fertig ist.</translation>
    </message>
    <message>
      <source>Another file has that name; nothing was overwritten.</source>
      <translation>Eine andere Datei trägt diesen Namen; nichts wurde überschrieben.</translation>
    </message>
    <message>
      <source>Back to the cl&amp;ips</source>
      <translation>Zurück zu den Cl&amp;ips</translation>
    </message>
    <message>
      <source>Best segment</source>
      <translation>Bester Abschnitt</translation>
    </message>
    <message>
      <source>Black</source>
      <translation>Schwarz</translation>
    </message>
    <message>
      <source>Blurry</source>
      <translation>Unscharf</translation>
    </message>
    <message>
      <source>Bright</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>By camera</source>
      <translation>Nach Kamera</translation>
    </message>
    <message>
      <source>By day</source>
      <translation>Nach Tag</translation>
    </message>
    <message>
      <source>By folder</source>
      <translation>Nach Ordner</translation>
    </message>
    <message>
      <source>CSV table</source>
      <translation>CSV-Tabelle</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Camera move</source>
      <translation>Kamerabewegung</translation>
    </message>
    <message>
      <source>Cannot allocate memory</source>
      <translation>zu wenig Arbeitsspeicher</translation>
    </message>
    <message>
      <source>Clips</source>
      <translation>Clips</translation>
    </message>
    <message>
      <source>Clips that cannot be read</source>
      <translation>Clips, die sich nicht lesen lassen</translation>
    </message>
    <message>
      <source>Codec</source>
      <translation>Codec</translation>
    </message>
    <message>
      <source>Copy, &amp;move or link the kept clips…</source>
      <translation>Behaltene Clips kopieren, &amp;verschieben oder verknüpfen…</translation>
    </message>
    <message>
      <source>DaVinci Resolve metadata (CSV)</source>
      <translation>DaVinci-Resolve-Metadaten (CSV)</translation>
    </message>
    <message>
      <source>DaVinci Resolve script</source>
      <translation>DaVinci-Resolve-Skript</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Tag</translation>
    </message>
    <message>
      <source>Daylight</source>
      <translation>Tageslicht</translation>
    </message>
    <message>
      <source>Decoding the file came to a halt and was given up.</source>
      <translation>Das Dekodieren der Datei kam zum Stillstand und wurde aufgegeben.</translation>
    </message>
    <message>
      <source>Dim</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>EDL of the selects (CMX 3600)</source>
      <translation>EDL der Auswahl (CMX 3600)</translation>
    </message>
    <message>
      <source>End of file</source>
      <translation>Ende der Datei</translation>
    </message>
    <message>
      <source>F&amp;ull screen</source>
      <translation>Vollbil&amp;d</translation>
    </message>
    <message>
      <source>Final Cut Pro library (FCPXML)</source>
      <translation>Final-Cut-Pro-Mediathek (FCPXML)</translation>
    </message>
    <message>
      <source>Final Cut Pro timeline of the selects (FCPXML)</source>
      <translation>Final-Cut-Pro-Timeline der Auswahl (FCPXML)</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>Befunde</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Footage</source>
      <translation>Material</translation>
    </message>
    <message>
      <source>For you</source>
      <translation>Für Sie</translation>
    </message>
    <message>
      <source>Frames/s</source>
      <translation>Bilder/s</translation>
    </message>
    <message>
      <source>Frozen</source>
      <translation>Eingefroren</translation>
    </message>
    <message>
      <source>Go on to the &amp;next clip after a mark</source>
      <translation>Nach einer Markierung zum &amp;nächsten Clip gehen</translation>
    </message>
    <message>
      <source>Indoor</source>
      <translation>Innenraum</translation>
    </message>
    <message>
      <source>Input/output error</source>
      <translation>Lesefehler</translation>
    </message>
    <message>
      <source>Invalid data found when processing input</source>
      <translation>ungültige Daten</translation>
    </message>
    <message>
      <source>It is a copy of another one.</source>
      <translation>Er ist eine Kopie eines anderen.</translation>
    </message>
    <message>
      <source>It is in several classes: {about}.</source>
      <translation>Er steht in mehreren Klassen: {about}.</translation>
    </message>
    <message>
      <source>It is there already.</source>
      <translation>Sie ist schon da.</translation>
    </message>
    <message>
      <source>It is too short: it has fewer than {frames} frames.</source>
      <translation>Er ist zu kurz: Er hat weniger als {frames} Bilder.</translation>
    </message>
    <message>
      <source>It was learned from what other models measured: learn again from your marks, once your clips are analysed.</source>
      <translation>Gelernt wurde es aus dem, was andere Modelle gemessen haben: Lernen Sie erneut aus Ihren Markierungen, sobald Ihre Clips analysiert sind.</translation>
    </message>
    <message>
      <source>JSON document</source>
      <translation>JSON-Dokument</translation>
    </message>
    <message>
      <source>Keep the &amp;best of the stack, reject the others</source>
      <translation>D&amp;ie beste des Stapels behalten, die anderen verwerfen</translation>
    </message>
    <message>
      <source>Kept</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Kept or usable</source>
      <translation>Behalten oder brauchbar</translation>
    </message>
    <message>
      <source>Learn from my &amp;marks…</source>
      <translation>Aus meinen &amp;Markierungen lernen…</translation>
    </message>
    <message>
      <source>Lens cap or pocket</source>
      <translation>Objektivdeckel oder Tasche</translation>
    </message>
    <message>
      <source>Mark</source>
      <translation>Markierung</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No clip can be read: the decoder cannot be started ({detail}).</source>
      <translation>Kein Clip kann gelesen werden: Der Decoder lässt sich nicht starten ({detail}).</translation>
    </message>
    <message>
      <source>No clip from here on can be played.</source>
      <translation>Ab hier lässt sich kein Clip abspielen.</translation>
    </message>
    <message>
      <source>No clip is selected.</source>
      <translation>Kein Clip ist ausgewählt.</translation>
    </message>
    <message>
      <source>No decoder for this kind of video is at hand.</source>
      <translation>Für diese Art Video ist kein Decoder zur Hand.</translation>
    </message>
    <message>
      <source>No flag</source>
      <translation>Kein Befund</translation>
    </message>
    <message>
      <source>No flag, but less usable. {fault}: {share} % of seconds over {over} (up to {limit} % are tolerated), at {when}; worst at {worst}.</source>
      <translation>Kein Befund, aber weniger brauchbar. {fault}: {share} % der Sekunden über {over} (bis {limit} % werden geduldet), bei {when}; am schlimmsten bei {worst}.</translation>
    </message>
    <message>
      <source>No groups</source>
      <translation>Keine Gruppen</translation>
    </message>
    <message>
      <source>No improvement: it would agree with your marks in {after} % of clips it had not seen, usability alone in {before} %.</source>
      <translation>Keine Verbesserung: Sie würde bei {after} % der Clips, die sie nicht kannte, mit Ihren Markierungen übereinstimmen, die Brauchbarkeit allein bei {before} %.</translation>
    </message>
    <message>
      <source>No similar takes were found, so there is no stack.</source>
      <translation>Ähnliche Aufnahmen wurden nicht gefunden, also gibt es keinen Stapel.</translation>
    </message>
    <message>
      <source>No stars</source>
      <translation>Keine Sterne</translation>
    </message>
    <message>
      <source>No video clip was found in {where}.</source>
      <translation>In {where} wurde kein Videoclip gefunden.</translation>
    </message>
    <message>
      <source>Noise</source>
      <translation>Rauschen</translation>
    </message>
    <message>
      <source>Not read</source>
      <translation>Nicht lesbar</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Nothing can be trained: a class has no name.</source>
      <translation>Es kann nichts angelernt werden: Eine Klasse hat keinen Namen.</translation>
    </message>
    <message>
      <source>Nothing can be trained: not one clip can be learned from.</source>
      <translation>Es kann nichts angelernt werden: Von keinem Clip kann gelernt werden.</translation>
    </message>
    <message>
      <source>Nothing can be trained: the class {about} has clips of one scene only, and {sources} scenes are the least.</source>
      <translation>Es kann nichts angelernt werden: Die Klasse {about} hat nur Clips einer Szene; mindestens {sources} Szenen sind nötig.</translation>
    </message>
    <message>
      <source>Nothing can be trained: the class {about} has no clip that can be learned from, and {sources} of different scenes are the least.</source>
      <translation>Es kann nichts angelernt werden: Die Klasse {about} hat keinen Clip, von dem gelernt werden kann; mindestens {sources} aus verschiedenen Szenen sind nötig.</translation>
    </message>
    <message>
      <source>Nothing can be trained: the class {about} has one clip that can be learned from, and {sources} of different scenes are the least.</source>
      <translation>Es kann nichts angelernt werden: Die Klasse {about} hat nur einen Clip, von dem gelernt werden kann; mindestens {sources} aus verschiedenen Szenen sind nötig.</translation>
    </message>
    <message>
      <source>Nothing can be trained: the graphics card cannot be used ({about}).</source>
      <translation>Es kann nichts angelernt werden: Die Grafikkarte ist nicht nutzbar ({about}).</translation>
    </message>
    <message>
      <source>Nothing can be trained: the title {about} has no letter to name a folder by.</source>
      <translation>Es kann nichts angelernt werden: Der Titel {about} hat keinen Buchstaben, nach dem ein Ordner heißen könnte.</translation>
    </message>
    <message>
      <source>Nothing can be trained: the weights of {about} cannot be had. Is there a way to the internet?</source>
      <translation>Es kann nichts angelernt werden: Die Gewichte von {about} sind nicht zu bekommen. Gibt es einen Weg ins Internet?</translation>
    </message>
    <message>
      <source>Nothing can be trained: the weights of {about} do not fit.</source>
      <translation>Es kann nichts angelernt werden: Die Gewichte von {about} passen nicht.</translation>
    </message>
    <message>
      <source>Nothing can be trained: there is no backbone {about}.</source>
      <translation>Es kann nichts angelernt werden: Ein Grundnetz {about} gibt es nicht.</translation>
    </message>
    <message>
      <source>Nothing can be trained: there is no class with clips.</source>
      <translation>Es kann nichts angelernt werden: Es gibt keine Klasse mit Clips.</translation>
    </message>
    <message>
      <source>Nothing can be trained: there is only one class with clips.</source>
      <translation>Es kann nichts angelernt werden: Es gibt nur eine Klasse mit Clips.</translation>
    </message>
    <message>
      <source>Nothing can be trained: two classes are called the same but for capital letters.</source>
      <translation>Es kann nichts angelernt werden: Zwei Klassen heißen bis auf Großbuchstaben gleich.</translation>
    </message>
    <message>
      <source>Nothing can be trained: two classes are called {about}.</source>
      <translation>Es kann nichts angelernt werden: Zwei Klassen heißen {about}.</translation>
    </message>
    <message>
      <source>Nothing is left to analyse.</source>
      <translation>Es ist nichts mehr zu analysieren.</translation>
    </message>
    <message>
      <source>On further clips expect {low} to {high}: that is how much {sources} sources can tell.</source>
      <translation>Bei weiteren Clips sind {low} bis {high} zu erwarten: So viel lassen {sources} Quellen erkennen.</translation>
    </message>
    <message>
      <source>One frame back</source>
      <translation>Ein Bild zurück</translation>
    </message>
    <message>
      <source>One frame forward</source>
      <translation>Ein Bild vor</translation>
    </message>
    <message>
      <source>One of {count} similar takes; the others lie below</source>
      <translation>Eine von {count} ähnlichen Aufnahmen; die anderen liegen darunter</translation>
    </message>
    <message>
      <source>Only clips that you rejected go to the trash.</source>
      <translation>Nur Clips, die Sie verworfen haben, kommen in den Papierkorb.</translation>
    </message>
    <message>
      <source>Only {about} of its {frames} frames can be read.</source>
      <translation>Nur {about} seiner {frames} Bilder sind lesbar.</translation>
    </message>
    <message>
      <source>OpenTimelineIO timeline of the selects</source>
      <translation>OpenTimelineIO-Timeline der Auswahl</translation>
    </message>
    <message>
      <source>Overexposed</source>
      <translation>Überbelichtet</translation>
    </message>
    <message>
      <source>Part of the clip cannot be decoded: {detail}.</source>
      <translation>Ein Teil des Clips lässt sich nicht dekodieren: {detail}.</translation>
    </message>
    <message>
      <source>Partly usable</source>
      <translation>Teils brauchbar</translation>
    </message>
    <message>
      <source>Pattern: over the limit. Faint: under it.</source>
      <translation>Muster: über der Grenze. Blass: darunter.</translation>
    </message>
    <message>
      <source>Play the &amp;best segment</source>
      <translation>&amp;Besten Abschnitt abspielen</translation>
    </message>
    <message>
      <source>Premiere project (Final Cut 7 XML)</source>
      <translation>Premiere-Projekt (Final Cut 7 XML)</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problem</translation>
    </message>
    <message>
      <source>Put the rejected clips into the &amp;trash…</source>
      <translation>Verworfene Clips in den &amp;Papierkorb legen…</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>Qualität</translation>
    </message>
    <message>
      <source>Re&amp;ject</source>
      <translation>&amp;Verwerfen</translation>
    </message>
    <message>
      <source>Read marks &amp;back…</source>
      <translation>Markierungen &amp;zurücklesen…</translation>
    </message>
    <message>
      <source>Read marks from &amp;XMP sidecars</source>
      <translation>Markierungen aus &amp;XMP-Begleitdateien lesen</translation>
    </message>
    <message>
      <source>Recorded</source>
      <translation>Aufgenommen</translation>
    </message>
    <message>
      <source>Rejected</source>
      <translation>Verworfen</translation>
    </message>
    <message>
      <source>Rejected or unusable</source>
      <translation>Verworfen oder unbrauchbar</translation>
    </message>
    <message>
      <source>S&amp;hare marks with the team</source>
      <translation>Markierungen mit dem &amp;Team teilen</translation>
    </message>
    <message>
      <source>S&amp;huttle back</source>
      <translation>&amp;Zurückspulen</translation>
    </message>
    <message>
      <source>S&amp;kim</source>
      <translation>Über&amp;fliegen</translation>
    </message>
    <message>
      <source>Sa&amp;ve this filter…</source>
      <translation>Diesen Filter spei&amp;chern…</translation>
    </message>
    <message>
      <source>Select &amp;all</source>
      <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
      <source>Selects ree&amp;l…</source>
      <translation>Fi&amp;lm der Auswahl…</translation>
    </message>
    <message>
      <source>Set &amp;in</source>
      <translation>&amp;In-Punkt setzen</translation>
    </message>
    <message>
      <source>Set &amp;out</source>
      <translation>&amp;Out-Punkt setzen</translation>
    </message>
    <message>
      <source>Sh&amp;ow in file manager</source>
      <translation>Im Datei&amp;manager zeigen</translation>
    </message>
    <message>
      <source>Shaky</source>
      <translation>Verwackelt</translation>
    </message>
    <message>
      <source>Sho&amp;w all clips</source>
      <translation>Alle Clips &amp;zeigen</translation>
    </message>
    <message>
      <source>Shoot report</source>
      <translation>Drehbericht</translation>
    </message>
    <message>
      <source>Shoot report (HTML)</source>
      <translation>Drehbericht (HTML)</translation>
    </message>
    <message>
      <source>Show clipped highlights</source>
      <translation>Ausgefressene Lichter zeigen</translation>
    </message>
    <message>
      <source>Show crushed shadows</source>
      <translation>Abgesoffene Tiefen zeigen</translation>
    </message>
    <message>
      <source>Show focus peaking</source>
      <translation>Fokus-Peaking zeigen</translation>
    </message>
    <message>
      <source>Shuttle &amp;forward</source>
      <translation>&amp;Vorspulen</translation>
    </message>
    <message>
      <source>Silent</source>
      <translation>Stumm</translation>
    </message>
    <message>
      <source>Similar takes are not stacked now.</source>
      <translation>Ähnliche Aufnahmen sind gerade nicht gestapelt.</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Sort by &amp;name</source>
      <translation>Nach &amp;Namen sortieren</translation>
    </message>
    <message>
      <source>Sort by &amp;usability</source>
      <translation>Nach &amp;Brauchbarkeit sortieren</translation>
    </message>
    <message>
      <source>Sound clipped</source>
      <translation>Ton übersteuert</translation>
    </message>
    <message>
      <source>Stac&amp;k similar takes</source>
      <translation>Ähnliche Aufnahmen stap&amp;eln</translation>
    </message>
    <message>
      <source>Stage</source>
      <translation>Bühne</translation>
    </message>
    <message>
      <source>Stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>Ta&amp;gs and classifiers…</source>
      <translation>Schlag&amp;wörter und Klassifikatoren…</translation>
    </message>
    <message>
      <source>Take {number} of {count} similar ones</source>
      <translation>Aufnahme {number} von {count} ähnlichen</translation>
    </message>
    <message>
      <source>That may be guessing: more clips, or clearer classes, are needed.</source>
      <translation>Das kann geraten sein: Es braucht mehr Clips oder deutlichere Klassen.</translation>
    </message>
    <message>
      <source>The best of them.</source>
      <translation>Die beste davon.</translation>
    </message>
    <message>
      <source>The classical scorer rates in place of the networks: {why}.</source>
      <translation>Das klassische Verfahren bewertet anstelle der Netze: {why}.</translation>
    </message>
    <message>
      <source>The classifier {where} cannot be used: {detail}.</source>
      <translation>Der Klassifikator {where} kann nicht verwendet werden: {detail}.</translation>
    </message>
    <message>
      <source>The copy was not the same as the clip: the drive may be failing.</source>
      <translation>Die Kopie glich dem Clip nicht: Das Laufwerk ist vielleicht defekt.</translation>
    </message>
    <message>
      <source>The disk is full: the library {path} cannot be written. Nothing was lost.</source>
      <translation>Der Datenträger ist voll: Die Bibliothek {path} kann nicht geschrieben werden. Nichts ging verloren.</translation>
    </message>
    <message>
      <source>The file could not be read.</source>
      <translation>Die Datei konnte nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The file crashes the decoder; the other clips are not affected.</source>
      <translation>Die Datei bringt den Decoder zum Absturz; die anderen Clips sind nicht betroffen.</translation>
    </message>
    <message>
      <source>The file has no index: the recording was probably cut off before it ended.</source>
      <translation>Die Datei hat keinen Index: Die Aufnahme wurde wohl vor ihrem Ende abgebrochen.</translation>
    </message>
    <message>
      <source>The file has sound but no picture.</source>
      <translation>Die Datei hat Ton, aber kein Bild.</translation>
    </message>
    <message>
      <source>The file is damaged: no picture in it can be decoded.</source>
      <translation>Die Datei ist beschädigt: Kein Bild darin lässt sich dekodieren.</translation>
    </message>
    <message>
      <source>The file is empty: it has zero bytes.</source>
      <translation>Die Datei ist leer: Sie hat null Byte.</translation>
    </message>
    <message>
      <source>The file is not there any more.</source>
      <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
      <source>The file is not where it was.</source>
      <translation>Die Datei ist nicht mehr, wo sie war.</translation>
    </message>
    <message>
      <source>The file may not be read: its permissions forbid it.</source>
      <translation>Die Datei darf nicht gelesen werden: Ihre Rechte verbieten es.</translation>
    </message>
    <message>
      <source>The file was changed meanwhile; it was left alone.</source>
      <translation>Die Datei wurde inzwischen verändert; sie blieb unberührt.</translation>
    </message>
    <message>
      <source>The file was not there at the last scan.</source>
      <translation>Die Datei war beim letzten Durchsuchen nicht da.</translation>
    </message>
    <message>
      <source>The folder {path} cannot be read: {detail}.</source>
      <translation>Der Ordner {path} kann nicht gelesen werden: {detail}.</translation>
    </message>
    <message>
      <source>The last step is still under way.</source>
      <translation>Der letzte Schritt ist noch im Gange.</translation>
    </message>
    <message>
      <source>The library {path} cannot be opened or written: {detail}.</source>
      <translation>Die Bibliothek {path} kann nicht geöffnet oder geschrieben werden: {detail}.</translation>
    </message>
    <message>
      <source>The library {path} is damaged ({detail}). It was kept as {kept_as}, and a new one was begun: marks, stars and notes of one clip were taken over, ratings are made again.</source>
      <translation>Die Bibliothek {path} ist beschädigt ({detail}). Sie wurde als {kept_as} aufbewahrt und eine neue begonnen: Markierung, Sterne und Notiz eines Clips wurden übernommen, bewertet wird neu.</translation>
    </message>
    <message>
      <source>The library {path} is damaged ({detail}). It was kept as {kept_as}, and a new one was begun: marks, stars and notes of {clips} clips were taken over, ratings are made again.</source>
      <translation>Die Bibliothek {path} ist beschädigt ({detail}). Sie wurde als {kept_as} aufbewahrt und eine neue begonnen: Markierungen, Sterne und Notizen von {clips} Clips wurden übernommen, bewertet wird neu.</translation>
    </message>
    <message>
      <source>The library {path} is damaged ({detail}). It was kept as {kept_as}, and a new one was begun: no marks could be read from it.</source>
      <translation>Die Bibliothek {path} ist beschädigt ({detail}). Sie wurde als {kept_as} aufbewahrt und eine neue begonnen: Markierungen ließen sich darin keine lesen.</translation>
    </message>
    <message>
      <source>The library {path} is damaged ({detail}). Start the program again: it takes over what can be read of your marks into a new one.</source>
      <translation>Die Bibliothek {path} ist beschädigt ({detail}). Starten Sie das Programm noch einmal: Es übernimmt, was von Ihren Markierungen lesbar ist, in eine neue.</translation>
    </message>
    <message>
      <source>The library {path} was written by a newer release of Footage Sorter (version {found}, this one knows up to {supported}): please update the program.</source>
      <translation>Die Bibliothek {path} stammt von einem neueren Footage Sorter (Fassung {found}, dieser kennt bis {supported}): Bitte aktualisieren Sie das Programm.</translation>
    </message>
    <message>
      <source>The marks come from {shootings} of at least {apart} shootings: mark clips of another hour, camera or folder.</source>
      <translation>Die Markierungen stammen aus {shootings} von mindestens {apart} Aufnahmen: Markieren Sie Clips einer anderen Stunde, Kamera oder eines anderen Ordners.</translation>
    </message>
    <message>
      <source>The networks cannot be used: {detail}.</source>
      <translation>Die Netze können nicht benutzt werden: {detail}.</translation>
    </message>
    <message>
      <source>The settings {path} are damaged ({detail}); the defaults are used.</source>
      <translation>Die Einstellungen {path} sind beschädigt ({detail}); es gelten die des Programms.</translation>
    </message>
    <message>
      <source>The settings {path} are damaged ({detail}); the defaults are used. They were kept as {kept_as}.</source>
      <translation>Die Einstellungen {path} sind beschädigt ({detail}); es gelten die des Programms. Sie wurden als {kept_as} aufbewahrt.</translation>
    </message>
    <message>
      <source>The system refused.</source>
      <translation>Das System lehnte ab.</translation>
    </message>
    <message>
      <source>The system refuses: {about}.</source>
      <translation>Das System verweigert es: {about}.</translation>
    </message>
    <message>
      <source>The training stopped early ({detail}). Start it again: it goes on where it was.</source>
      <translation>Das Anlernen brach ab ({detail}). Noch einmal starten: Es geht dort weiter.</translation>
    </message>
    <message>
      <source>The trash of its drive cannot be used from here.</source>
      <translation>Der Papierkorb seines Laufwerks ist von hier aus nicht benutzbar.</translation>
    </message>
    <message>
      <source>The window cannot open: {detail}. Rate without a window: footage-sorter rate FOLDER</source>
      <translation>Das Fenster lässt sich nicht öffnen: {detail}. Ohne Fenster bewerten: footage-sorter rate ORDNER</translation>
    </message>
    <message>
      <source>The window needs a system library that is missing ({detail}): install {package}, or rate without a window: footage-sorter rate FOLDER</source>
      <translation>Dem Fenster fehlt eine Bibliothek des Systems ({detail}): Installieren Sie {package}, oder bewerten Sie ohne Fenster: footage-sorter rate ORDNER</translation>
    </message>
    <message>
      <source>There is no file or folder {path}.</source>
      <translation>Es gibt keine Datei und keinen Ordner {path}.</translation>
    </message>
    <message>
      <source>There is no filter to save: all clips are shown.</source>
      <translation>Es gibt keinen Filter zu speichern: Alle Clips sind zu sehen.</translation>
    </message>
    <message>
      <source>There is nothing to put together: no clip that can be read is marked to be kept.</source>
      <translation>Es gibt nichts zusammenzufügen: Kein lesbarer Clip ist zum Behalten markiert.</translation>
    </message>
    <message>
      <source>There is nothing to write: nothing learned from your marks is in use.</source>
      <translation>Es gibt nichts zu schreiben: Aus Ihren Markierungen Gelerntes ist nicht in Gebrauch.</translation>
    </message>
    <message>
      <source>This clip cannot be played.</source>
      <translation>Dieser Clip lässt sich nicht abspielen.</translation>
    </message>
    <message>
      <source>This clip has no best segment: no clean run.</source>
      <translation>Dieser Clip hat keinen besten Abschnitt: keine saubere Strecke.</translation>
    </message>
    <message>
      <source>This clip has no flag.</source>
      <translation>Dieser Clip hat keinen Befund.</translation>
    </message>
    <message>
      <source>This clip has no in or out.</source>
      <translation>Dieser Clip hat weder In noch Out.</translation>
    </message>
    <message>
      <source>This clip is not rated yet.</source>
      <translation>Dieser Clip ist noch nicht bewertet.</translation>
    </message>
    <message>
      <source>This clip is on no stack of similar takes.</source>
      <translation>Dieser Clip liegt auf keinem Stapel ähnlicher Aufnahmen.</translation>
    </message>
    <message>
      <source>This clip is shown by single frames, without sound.</source>
      <translation>Dieser Clip wird in Einzelbildern gezeigt, ohne Ton.</translation>
    </message>
    <message>
      <source>This installation came without the trainer. To get it: pip install --force-reinstall footage-sorter</source>
      <translation>In dieser Installation fehlt das Anlernen. So kommt es hinzu: pip install --force-reinstall footage-sorter</translation>
    </message>
    <message>
      <source>This is not a video file.</source>
      <translation>Dies ist keine Videodatei.</translation>
    </message>
    <message>
      <source>This is the first frame.</source>
      <translation>Das ist das erste Bild.</translation>
    </message>
    <message>
      <source>This is the last clip.</source>
      <translation>Das ist der letzte Clip.</translation>
    </message>
    <message>
      <source>This is the last frame.</source>
      <translation>Das ist das letzte Bild.</translation>
    </message>
    <message>
      <source>Too blurred</source>
      <translation>Zu unscharf</translation>
    </message>
    <message>
      <source>Too shaky</source>
      <translation>Zu verwackelt</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>Summen</translation>
    </message>
    <message>
      <source>Trai&amp;n a classifier…</source>
      <translation>Klassifikator &amp;anlernen…</translation>
    </message>
    <message>
      <source>Underexposed</source>
      <translation>Unterbelichtet</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Unbekannt</translation>
    </message>
    <message>
      <source>Unmarked</source>
      <translation>Unmarkiert</translation>
    </message>
    <message>
      <source>Unusable</source>
      <translation>Unbrauchbar</translation>
    </message>
    <message>
      <source>Usability</source>
      <translation>Brauchbarkeit</translation>
    </message>
    <message>
      <source>Usable</source>
      <translation>Brauchbar</translation>
    </message>
    <message>
      <source>Usable time</source>
      <translation>Brauchbare Zeit</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
    </message>
    <message>
      <source>What &amp;failed and why…</source>
      <translation>Was &amp;misslang und warum…</translation>
    </message>
    <message>
      <source>What is left is being analysed.</source>
      <translation>Was noch fehlt, wird gerade analysiert.</translation>
    </message>
    <message>
      <source>What rates the clips breaks down again and again ({detail}), so the analysis stopped. What is rated is kept. To go on: Analysis, “Analyse what is left”.</source>
      <translation>Was die Clips bewertet, fällt immer wieder aus ({detail}); die Analyse wurde deshalb beendet. Alle Bewertungen bis hierher bleiben. Weiter geht es im Menü „Analyse“ mit „Analysieren, was noch fehlt“.</translation>
    </message>
    <message>
      <source>What rates the clips broke down twice over this one; the other clips are not affected.</source>
      <translation>Was die Clips bewertet, ist bei diesem zweimal ausgefallen; die anderen Clips sind nicht betroffen.</translation>
    </message>
    <message>
      <source>XMP sidecars beside the clips</source>
      <translation>XMP-Begleitdateien neben den Clips</translation>
    </message>
    <message>
      <source>a clip in it has no path</source>
      <translation>ein Clip darin hat keinen Pfad</translation>
    </message>
    <message>
      <source>a film is there already, and none is ever written over</source>
      <translation>dort liegt schon ein Film, und keiner wird je überschrieben</translation>
    </message>
    <message>
      <source>a line in it has no path</source>
      <translation>eine Zeile darin hat keinen Pfad</translation>
    </message>
    <message>
      <source>a model's name is no short text</source>
      <translation>der Name eines Modells ist kein kurzer Text</translation>
    </message>
    <message>
      <source>a newer release wrote it (schema {found}, known is {known})</source>
      <translation>eine neuere Version hat sie geschrieben (Schema {found}, bekannt ist {known})</translation>
    </message>
    <message>
      <source>a number cannot be understood ({detail})</source>
      <translation>eine Zahl ist nicht zu verstehen ({detail})</translation>
    </message>
    <message>
      <source>a part of it cannot be read</source>
      <translation>ein Teil davon lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>a path in it is none</source>
      <translation>ein Pfad darin ist keiner</translation>
    </message>
    <message>
      <source>a picture is damaged</source>
      <translation>ein Bild ist beschädigt</translation>
    </message>
    <message>
      <source>a time is out of bounds</source>
      <translation>eine Zeit liegt außerhalb des Erlaubten</translation>
    </message>
    <message>
      <source>bright parts</source>
      <translation>helle Stellen</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>nicht lesbar</translation>
    </message>
    <message>
      <source>clean seconds</source>
      <translation>saubere Sekunden</translation>
    </message>
    <message>
      <source>clip</source>
      <translation>Clip</translation>
    </message>
    <message>
      <source>clips</source>
      <translation>Clips</translation>
    </message>
    <message>
      <source>dark parts</source>
      <translation>dunkle Stellen</translation>
    </message>
    <message>
      <source>from {start}</source>
      <translation>ab {start}</translation>
    </message>
    <message>
      <source>handheld</source>
      <translation>aus der Hand</translation>
    </message>
    <message>
      <source>how the camera turns</source>
      <translation>Schwenks</translation>
    </message>
    <message>
      <source>in and out</source>
      <translation>In und Out</translation>
    </message>
    <message>
      <source>it answers with what is no number</source>
      <translation>er antwortet mit etwas, das keine Zahl ist</translation>
    </message>
    <message>
      <source>it changed while it was read</source>
      <translation>er änderte sich beim Lesen</translation>
    </message>
    <message>
      <source>it declares entities</source>
      <translation>sie deklariert Entitäten</translation>
    </message>
    <message>
      <source>it did not agree better than usability alone</source>
      <translation>es stimmte nicht besser überein als die Brauchbarkeit allein</translation>
    </message>
    <message>
      <source>it does not name the models that measured</source>
      <translation>sie nennt die Modelle nicht, die gemessen haben</translation>
    </message>
    <message>
      <source>it does not say how well it agreed</source>
      <translation>sie sagt nicht, wie gut es übereinstimmte</translation>
    </message>
    <message>
      <source>it has no column {name}</source>
      <translation>die Spalte {name} fehlt</translation>
    </message>
    <message>
      <source>it has no {name}</source>
      <translation>{name} fehlt</translation>
    </message>
    <message>
      <source>it holds no taste</source>
      <translation>sie enthält nichts Gelerntes</translation>
    </message>
    <message>
      <source>it holds no taste of a known schema</source>
      <translation>sie enthält nichts Gelerntes in einem bekannten Schema</translation>
    </message>
    <message>
      <source>it holds no team's notes</source>
      <translation>sie enthält keine Notizen eines Teams</translation>
    </message>
    <message>
      <source>it is closed</source>
      <translation>die Ausgabe ist geschlossen</translation>
    </message>
    <message>
      <source>it is empty</source>
      <translation>sie ist leer</translation>
    </message>
    <message>
      <source>it is larger than {size} MB</source>
      <translation>sie ist größer als {size} MB</translation>
    </message>
    <message>
      <source>it is nested too deeply</source>
      <translation>sie ist zu tief verschachtelt</translation>
    </message>
    <message>
      <source>it is no FCPXML</source>
      <translation>sie ist kein FCPXML</translation>
    </message>
    <message>
      <source>it is no XMP</source>
      <translation>sie ist kein XMP</translation>
    </message>
    <message>
      <source>it is no document of ratings</source>
      <translation>sie ist kein Dokument mit Bewertungen</translation>
    </message>
    <message>
      <source>it is no folder</source>
      <translation>das ist kein Ordner</translation>
    </message>
    <message>
      <source>it is no metadata of Resolve ({detail})</source>
      <translation>es sind keine Metadaten aus Resolve ({detail})</translation>
    </message>
    <message>
      <source>it must have {least} to {most} labels</source>
      <translation>er muss {least} bis {most} Schlagwörter haben</translation>
    </message>
    <message>
      <source>it wants {found} frames of a clip, not {known}</source>
      <translation>er verlangt {found} Bilder eines Clips statt {known}</translation>
    </message>
    <message>
      <source>it was learned from other features: learn again from your marks</source>
      <translation>es wurde aus anderen Merkmalen gelernt: Lernen Sie noch einmal aus Ihren Markierungen</translation>
    </message>
    <message>
      <source>it was learned from what other models measured: learn again from your marks</source>
      <translation>es wurde aus Messungen anderer Modelle gelernt: bitte neu aus Ihren Markierungen lernen</translation>
    </message>
    <message>
      <source>its beginning is not that of a library</source>
      <translation>ihr Anfang ist nicht der einer Bibliothek</translation>
    </message>
    <message>
      <source>its decision cannot be understood ({detail})</source>
      <translation>eine Entscheidung darin ist nicht zu verstehen ({detail})</translation>
    </message>
    <message>
      <source>its features are no rows of name, mean, scale and weight</source>
      <translation>ihre Merkmale sind keine Zeilen aus Name, Mittelwert, Maßstab und Gewicht</translation>
    </message>
    <message>
      <source>its folder must be called {name}</source>
      <translation>sein Ordner muss {name} heißen</translation>
    </message>
    <message>
      <source>its hash is no SHA-256</source>
      <translation>seine Prüfsumme ist kein SHA-256</translation>
    </message>
    <message>
      <source>its manifest is damaged: {detail}</source>
      <translation>sein Manifest ist beschädigt: {detail}</translation>
    </message>
    <message>
      <source>its manifest is nested too deeply</source>
      <translation>sein Manifest ist zu tief verschachtelt</translation>
    </message>
    <message>
      <source>its manifest is no JSON object</source>
      <translation>sein Manifest ist kein JSON-Objekt</translation>
    </message>
    <message>
      <source>its manifest is of version {found}</source>
      <translation>sein Manifest hat die Version {found}</translation>
    </message>
    <message>
      <source>its manifest lacks {name}</source>
      <translation>in seinem Manifest fehlt {name}</translation>
    </message>
    <message>
      <source>its name may hold small letters, digits, - and _ only</source>
      <translation>sein Name darf nur Kleinbuchstaben, Ziffern, - und _ enthalten</translation>
    </message>
    <message>
      <source>its rating {value} is no number</source>
      <translation>ihre Bewertung {value} ist keine Zahl</translation>
    </message>
    <message>
      <source>its rating {value} is not between {least} and {most}</source>
      <translation>ihre Bewertung {value} liegt nicht zwischen {least} und {most}</translation>
    </message>
    <message>
      <source>its text is in no encoding that XMP allows</source>
      <translation>ihr Text ist in keiner Kodierung, die XMP erlaubt</translation>
    </message>
    <message>
      <source>its text is in no encoding that is known</source>
      <translation>ihr Text ist in keiner bekannten Kodierung</translation>
    </message>
    <message>
      <source>its weights are damaged: their hash is another one</source>
      <translation>seine Gewichte sind beschädigt: Ihre Prüfsumme stimmt nicht</translation>
    </message>
    <message>
      <source>its weights are no safetensors file</source>
      <translation>seine Gewichte sind keine safetensors-Datei</translation>
    </message>
    <message>
      <source>its weights are not those of {network}: {name}</source>
      <translation>seine Gewichte sind nicht die von {network}: {name}</translation>
    </message>
    <message>
      <source>its weights do not fit: {detail}</source>
      <translation>seine Gewichte passen nicht: {detail}</translation>
    </message>
    <message>
      <source>its weights hold what is no number</source>
      <translation>seine Gewichte enthalten etwas, das keine Zahl ist</translation>
    </message>
    <message>
      <source>its {name} cannot be read: {detail}</source>
      <translation>{name} ist nicht zu lesen: {detail}</translation>
    </message>
    <message>
      <source>its {name} is larger than {size} kB</source>
      <translation>{name} ist größer als {size} kB</translation>
    </message>
    <message>
      <source>its {name} is too large</source>
      <translation>{name} ist zu groß</translation>
    </message>
    <message>
      <source>kept</source>
      <translation>behalten</translation>
    </message>
    <message>
      <source>kept, {minutes} min of selects</source>
      <translation>behalten, {minutes} min Auswahl</translation>
    </message>
    <message>
      <source>length</source>
      <translation>Länge</translation>
    </message>
    <message>
      <source>line {number}: {detail}</source>
      <translation>Zeile {number}: {detail}</translation>
    </message>
    <message>
      <source>mark</source>
      <translation>Markierung</translation>
    </message>
    <message>
      <source>motion in the picture</source>
      <translation>Bewegung im Bild</translation>
    </message>
    <message>
      <source>no CUDA device here</source>
      <translation>hier gibt es keine CUDA-Grafikkarte</translation>
    </message>
    <message>
      <source>no clip is called {value}</source>
      <translation>kein Clip heißt {value}</translation>
    </message>
    <message>
      <source>no key frame</source>
      <translation>kein Schlüsselbild</translation>
    </message>
    <message>
      <source>no network runs here</source>
      <translation>hier läuft kein Netz</translation>
    </message>
    <message>
      <source>no object</source>
      <translation>kein Objekt</translation>
    </message>
    <message>
      <source>no picture</source>
      <translation>kein Bild</translation>
    </message>
    <message>
      <source>no picture at {time} s</source>
      <translation>kein Bild bei {time} s</translation>
    </message>
    <message>
      <source>no time that a clock can show: {value}</source>
      <translation>keine Zeit, die eine Uhr zeigen kann: {value}</translation>
    </message>
    <message>
      <source>none of that name is installed</source>
      <translation>keiner dieses Namens ist installiert</translation>
    </message>
    <message>
      <source>not a text: {value}</source>
      <translation>kein Text: {value}</translation>
    </message>
    <message>
      <source>not rated</source>
      <translation>nicht bewertet</translation>
    </message>
    <message>
      <source>not what the schema says: {value}</source>
      <translation>nicht, was das Schema verlangt: {value}</translation>
    </message>
    <message>
      <source>note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>nothing at all</source>
      <translation>gar nichts</translation>
    </message>
    <message>
      <source>nothing for {time} s</source>
      <translation>{time} s lang keine Antwort</translation>
    </message>
    <message>
      <source>of footage</source>
      <translation>Material</translation>
    </message>
    <message>
      <source>our own record in it is damaged</source>
      <translation>unser eigener Eintrag darin ist beschädigt</translation>
    </message>
    <message>
      <source>pan</source>
      <translation>Schwenk</translation>
    </message>
    <message>
      <source>partly usable</source>
      <translation>teils brauchbar</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>rejected or unusable</source>
      <translation>verworfen oder unbrauchbar</translation>
    </message>
    <message>
      <source>sharpness</source>
      <translation>Schärfe</translation>
    </message>
    <message>
      <source>size and frame rate</source>
      <translation>Größe und Bildrate</translation>
    </message>
    <message>
      <source>sound</source>
      <translation>Ton</translation>
    </message>
    <message>
      <source>stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>static</source>
      <translation>unbewegt</translation>
    </message>
    <message>
      <source>steadiness</source>
      <translation>ruhige Kamera</translation>
    </message>
    <message>
      <source>text in it is none</source>
      <translation>ein Text darin ist keiner</translation>
    </message>
    <message>
      <source>the file ends at {time} s</source>
      <translation>die Datei endet bei {time} s</translation>
    </message>
    <message>
      <source>the graphics card fails: {detail}</source>
      <translation>die Grafikkarte versagt: {detail}</translation>
    </message>
    <message>
      <source>the process was ended</source>
      <translation>der Prozess wurde beendet</translation>
    </message>
    <message>
      <source>their process cannot be started: {detail}</source>
      <translation>ihr Prozess lässt sich nicht starten: {detail}</translation>
    </message>
    <message>
      <source>their process ended: {detail}</source>
      <translation>ihr Prozess endete: {detail}</translation>
    </message>
    <message>
      <source>there is no display</source>
      <translation>es gibt keinen Bildschirm</translation>
    </message>
    <message>
      <source>there is no folder {name}</source>
      <translation>einen Ordner {name} gibt es nicht</translation>
    </message>
    <message>
      <source>this is a folder</source>
      <translation>das ist ein Ordner</translation>
    </message>
    <message>
      <source>tilt</source>
      <translation>Vertikalschwenk</translation>
    </message>
    <message>
      <source>torch cannot be loaded: {detail}</source>
      <translation>torch ist nicht zu laden: {detail}</translation>
    </message>
    <message>
      <source>two of its labels are the same</source>
      <translation>zwei seiner Schlagwörter sind gleich</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>unknown device {name}</source>
      <translation>das Gerät {name} ist nicht bekannt</translation>
    </message>
    <message>
      <source>unmarked</source>
      <translation>ohne Markierung</translation>
    </message>
    <message>
      <source>up to {end}</source>
      <translation>bis {end}</translation>
    </message>
    <message>
      <source>usable, {share} % of it</source>
      <translation>brauchbar, {share} % davon</translation>
    </message>
    <message>
      <source>what is called wrong</source>
      <translation>für falsch erklärt</translation>
    </message>
    <message>
      <source>what is in the picture</source>
      <translation>was im Bild ist</translation>
    </message>
    <message>
      <source>zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <source>{accuracy} right: {right} of {clips} clips, each tried on a network that had seen nothing of its source. Always naming the commonest: {majority}.</source>
      <translation>{accuracy} richtig: {right} von {clips} Clips, jeder an einem Netz erprobt, das nichts von seiner Quelle gesehen hatte. Immer das Häufigste zu nennen: {majority}.</translation>
    </message>
    <message>
      <source>{app}. Usable time is the time that is sharp, well exposed and steady.</source>
      <translation>{app}. Brauchbar ist die Zeit, in der das Bild scharf, gut belichtet und ruhig ist.</translation>
    </message>
    <message>
      <source>{clips} clips, rated {when}</source>
      <translation>{clips} Clips, bewertet am {when}</translation>
    </message>
    <message>
      <source>{count} are installed, remove one first</source>
      <translation>{count} sind installiert, entfernen Sie zuerst einen</translation>
    </message>
    <message>
      <source>{fault}: {share} % of seconds over {over} (limit {limit} %), at {when}; worst at {worst}.</source>
      <translation>{fault}: {share} % der Sekunden über {over} (Grenze {limit} %), bei {when}; am schlimmsten bei {worst}.</translation>
    </message>
    <message>
      <source>{fault}: {share} % of seconds over {over} (limit {limit} %), at {when}; worst at {worst}. Judged against its camera and hour, where {usual} is usual.</source>
      <translation>{fault}: {share} % der Sekunden über {over} (Grenze {limit} %), bei {when}; am schlimmsten bei {worst}. Gemessen an Kamera und Stunde, wo {usual} üblich ist.</translation>
    </message>
    <message>
      <source>{kept} kept and {rejected} rejected: at least {each} of each are needed to tell them apart.</source>
      <translation>{kept} behalten und {rejected} verworfen: Von beidem braucht es mindestens {each}, um sie zu unterscheiden.</translation>
    </message>
    <message>
      <source>{marks} of {needed} marks: keep or reject {missing} more.</source>
      <translation>{marks} von {needed} Markierungen: Behalten oder verwerfen Sie noch {missing}.</translation>
    </message>
    <message>
      <source>{minutes} min</source>
      <translation>{minutes} min</translation>
    </message>
    <message>
      <source>{name}: damaged manifest: {detail}</source>
      <translation>{name}: Das Manifest ist beschädigt: {detail}</translation>
    </message>
    <message>
      <source>{name}: damaged weights: their hash is another one</source>
      <translation>{name}: Die Gewichte sind beschädigt, ihre Prüfsumme stimmt nicht</translation>
    </message>
    <message>
      <source>{name}: it tells {found} apart</source>
      <translation>{name}: es unterscheidet {found}</translation>
    </message>
    <message>
      <source>{name}: the weights do not fit: {detail}</source>
      <translation>{name}: Die Gewichte passen nicht: {detail}</translation>
    </message>
    <message>
      <source>{name}: weights are missing: {detail}</source>
      <translation>{name}: Die Gewichte fehlen: {detail}</translation>
    </message>
    <message>
      <source>{name}: weights of version {found}, but {known} is known</source>
      <translation>{name}: Die Gewichte haben die Version {found}, bekannt ist {known}</translation>
    </message>
    <message>
      <source>{name}: {field}: {holds} (by {by}), not {overruled} (by {other}).</source>
      <translation>{name}: {field}: {holds} (von {by}), nicht {overruled} (von {other}).</translation>
    </message>
    <message>
      <source>{needed} GB are needed and {free} GB are free</source>
      <translation>{needed} GB werden gebraucht, {free} GB sind frei</translation>
    </message>
    <message>
      <source>{path} cannot be read back: {detail}. Nothing was changed.</source>
      <translation>{path} kann nicht zurückgelesen werden: {detail}. Nichts wurde verändert.</translation>
    </message>
    <message>
      <source>{path} cannot be written: {detail}.</source>
      <translation>{path} kann nicht geschrieben werden: {detail}.</translation>
    </message>
    <message>
      <source>{path} is no library of Footage Sorter. It was left as it is.</source>
      <translation>{path} ist keine Bibliothek von Footage Sorter. Die Datei blieb, wie sie war.</translation>
    </message>
    <message>
      <source>{start} – {end}</source>
      <translation>{start} – {end}</translation>
    </message>
    <message>
      <source>{title}: {label}</source>
      <translation>{title}: {label}</translation>
    </message>
    <message>
      <source>{value} is no name of {least} to {most} letters</source>
      <translation>{value} ist kein Name mit {least} bis {most} Buchstaben</translation>
    </message>
    <message>
      <source>{value} is no number</source>
      <translation>{value} ist keine Zahl</translation>
    </message>
    <message>
      <source>{value} is no number from {least} to {most}</source>
      <translation>{value} ist keine Zahl von {least} bis {most}</translation>
    </message>
    <message>
      <source>{value} is no share from {least} to {most}</source>
      <translation>{value} ist kein Anteil von {least} bis {most}</translation>
    </message>
    <message>
      <source>{value} is not within {least} to {most}</source>
      <translation>{value} liegt nicht zwischen {least} und {most}</translation>
    </message>
  </context>
</TS>
