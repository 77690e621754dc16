@echo off
rem Builds the command line (a no-op when nothing changed), then runs it from the caller's directory.
setlocal
set "root=%~dp0"
set "dll=%root%src\CognitiveTools.Cli\bin\Release\net10.0\cogtools.dll"
where dotnet >nul 2>nul || (echo cogtools: the .NET 10 SDK is not on PATH; install it and run again. 1>&2 & exit /b 2)
dotnet build "%root%src\CognitiveTools.Cli" -c Release -v quiet -clp:NoSummary -nologo > "%root%.build.log" 2>&1
if errorlevel 1 (type "%root%.build.log" 1>&2 & echo cogtools: the build failed; its output stands above. 1>&2 & exit /b 2)
dotnet "%dll%" %*
exit /b %errorlevel%
