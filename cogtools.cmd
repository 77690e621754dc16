@echo off
rem Builds the command line (a no-op when nothing changed), then runs it from the caller's directory.
rem coglab.cmd calls this with another project: COGTOOLS_PROJECT names its folder, which has the program's name.
rem COGTOOLS_BUILD_ARGS holds arguments for the build. A checkout that cannot be written to runs the build that is there.
setlocal
set "root=%~dp0"
set "project=src\CognitiveTools.Cli"
set "program=cogtools"
if defined COGTOOLS_PROJECT set "project=%COGTOOLS_PROJECT%"
if defined COGTOOLS_PROJECT for %%p in ("%COGTOOLS_PROJECT%") do set "program=%%~nxp"
set "COGTOOLS_PROJECT="
set "output=%root%%project%\bin\Release\net10.0"
set "dll=%output%\%program%.dll"
set "log=%TEMP%\cogtools-build-%RANDOM%%RANDOM%.log"
where dotnet >nul 2>nul || (echo %program%: the .NET 10 SDK is not on PATH; install it and run again. 1>&2 & exit /b 2)
if not exist "%dll%" goto build
copy /y nul "%output%\.writable" >nul 2>nul || goto run
del "%output%\.writable" >nul 2>nul
:build
dotnet build "%root%%project%" -c Release -v quiet -clp:NoSummary -nologo %COGTOOLS_BUILD_ARGS% > "%log%" 2>&1
if errorlevel 1 (type "%log%" 1>&2 & del "%log%" & echo %program%: the build failed; its output stands above. 1>&2 & exit /b 2)
del "%log%"
:run
dotnet "%dll%" %*
exit /b %errorlevel%
