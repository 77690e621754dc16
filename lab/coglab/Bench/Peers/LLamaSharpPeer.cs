using System.Diagnostics;
using CognitiveTools.Cli;
using CognitiveTools.Programs;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>
/// One of LLamaSharp's executors, in the program <c>lab/LLamaSharpPeer</c> of a clone, on the libraries of its own backend package.
/// </summary>
internal sealed class LLamaSharpPeer : LinePeer
{
    private const string Program = "lab/LLamaSharpPeer/bin/Release/net10.0/LLamaSharpPeer.dll";

    private readonly string _executor;
    private readonly string? _program;

    private LLamaSharpPeer(string executor, string? program) => (_executor, _program) = (executor, program);

    /// <summary>Both executors.</summary>
    public static IReadOnlyList<LLamaSharpPeer> All() =>
        [Batched(BundledFiles.FindAboveProgram(Program)), Stateless(BundledFiles.FindAboveProgram(Program))];

    /// <param name="program">The peer's program; <see langword="null"/> when it was not built.</param>
    public static LLamaSharpPeer Batched(string? program) => new("batched", program);

    /// <param name="program">The peer's program; <see langword="null"/> when it was not built.</param>
    public static LLamaSharpPeer Stateless(string? program) => new("stateless", program);

    public override string Name => $"LLamaSharp 0.30.0 {(_executor == "batched" ? "BatchedExecutor" : "StatelessExecutor")}";

    public override double? TargetOf(int sequences) => 1.2;

    public override bool Measures(int sequences) => sequences == 1 || (sequences == 8 && _executor == "batched");

    // In its own folder: LLamaSharp looks for libraries in the working directory first.
    protected override Task<ProcessStartInfo> PrepareAsync(CancellationToken cancellationToken) => _program is { } program
        ? Task.FromResult(new ProcessStartInfo(
            ProgramPath.Find("dotnet") ?? throw new InvalidOperationException("dotnet is not on the search path"), [program, _executor])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
        })
        : throw new InvalidOperationException("it is not built; inside a clone: dotnet build lab/LLamaSharpPeer -c Release");
}
