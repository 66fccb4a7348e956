@echo off
rem Starts Tickmark from the unpacked distribution: bin\tickmark.cmd beside lib\. Needs Java 17 or newer, nothing else.
setlocal
set "HOME_DIR=%~dp0.."
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" (
    set "JAVA=%JAVA_HOME%\bin\java.exe"
    goto start
)
where java >nul 2>nul
if errorlevel 1 (
    echo tickmark: no Java was found. Install a Java runtime 17 or newer, or set JAVA_HOME to one. 1>&2
    exit /b 3
)
set "JAVA=java"
:start
rem Help and version are told before the optimizing compiler could pay for its own start; nothing else is.
set "TIER=4"
if "%~1"=="" set "TIER=1"
if "%~1"=="--help" set "TIER=1"
if "%~1"=="--version" set "TIER=1"
"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=%TIER% -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000 -Xms64m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -Djdk.nio.maxCachedBufferSize=1048576 -XX:-UsePerfData -Xshare:auto -Djava.awt.headless=true -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED %TICKMARK_JAVA_OPTS% -cp "%HOME_DIR%\lib\*" dev.tickmark.cli.Main %*
exit /b %ERRORLEVEL%
