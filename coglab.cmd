@echo off
rem The laboratory's program, built and run as cogtools.cmd builds and runs its own.
setlocal
rem train, sample, features, concepts, export and influence are a program of their own, because they need LibTorch (480 MB), and nothing else does.
set "COGTOOLS_PROJECT=lab\coglab"
if "%~1"=="train" set "COGTOOLS_PROJECT=lab\Lab.Learning"
if "%~1"=="sample" set "COGTOOLS_PROJECT=lab\Lab.Learning"
if "%~1"=="features" set "COGTOOLS_PROJECT=lab\Lab.Learning"
if "%~1"=="concepts" set "COGTOOLS_PROJECT=lab\Lab.Learning"
if "%~1"=="export" set "COGTOOLS_PROJECT=lab\Lab.Learning"
if "%~1"=="influence" set "COGTOOLS_PROJECT=lab\Lab.Learning"
call "%~dp0cogtools.cmd" %*
exit /b %errorlevel%
