; Adds the app to "Open with" of .json files, so that scenarios (*.nodeswarm.json) open with it. What opens .json by default stays as it is.

!define SCENARIO_CLASS "Nodeswarm.Scenario"

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${SCENARIO_CLASS}" "" "Nodeswarm scenario"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${SCENARIO_CLASS}\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${SCENARIO_CLASS}\shell\open\command" "" '"$appExe" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "${SCENARIO_CLASS}" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".json" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$appExe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "${SCENARIO_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${SCENARIO_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend
