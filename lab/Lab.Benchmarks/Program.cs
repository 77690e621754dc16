// Benchmarks of the managed hot paths: `dotnet run -c Release --project lab/Lab.Benchmarks -- --job short --filter '*'`.
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

// BenchmarkDotNet builds a project of its own around these, the referenced ones included; on a busy machine that takes
// minutes, and their analyzers have run before.
var build = Job.Default.WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]).AsMutator();
var config = DefaultConfig.Instance
    .AddJob(build)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .WithBuildTimeout(TimeSpan.FromMinutes(10))
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
