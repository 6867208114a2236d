"""Speed and accuracy, measured side by side: `make bench`, or `python -m benchmarks NAME`."""
