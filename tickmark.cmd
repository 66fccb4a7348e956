@echo off
rem Builds Tickmark on first use and starts it. After changing sources, delete cli\target\dist to build again.
setlocal
set "ROOT=%~dp0"
if not exist "%ROOT%cli\target\dist\built" (
    where mvn >nul 2>nul
    if errorlevel 1 (
        echo tickmark: Maven was not found, and this checkout is not built yet. Install Maven 3.8.7 or newer and a JDK 17 or newer, or use the distribution zip. 1>&2
        exit /b 3
    )
    echo Building Tickmark, first use, about a minute ... 1>&2
    pushd "%ROOT%"
    call mvn -q -B -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true -Dcyclonedx.skip=true package 1>&2
    if errorlevel 1 (
        popd
        echo tickmark: the build failed. Read the lines above, mend it and start again. 1>&2
        exit /b 3
    )
    popd
    echo built> "%ROOT%cli\target\dist\built"
)
for /d %%D in ("%ROOT%cli\target\dist\tickmark-*") do set "DIST=%%D\tickmark"
call "%DIST%\bin\tickmark.cmd" %*
exit /b %ERRORLEVEL%
