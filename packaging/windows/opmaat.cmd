@"%~dp0runtime\python.exe" -m desktop %*
