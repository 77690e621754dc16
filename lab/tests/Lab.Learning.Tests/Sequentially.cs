// LibTorch's number of threads and its random state belong to the process. And TorchSharp makes scalars on the way into LibTorch that the
// garbage collector may take before LibTorch has read them, when another thread allocates meanwhile.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
