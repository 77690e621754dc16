@echo off
rem The laboratory's program, built and run as cogtools.cmd builds and runs its own.
setlocal
set "COGTOOLS_PROJECT=lab\coglab"
call "%~dp0cogtools.cmd" %*
exit /b %errorlevel%
