using System.Diagnostics;
using CognitiveTools.Cli.Workers;
using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>
/// The engine, or the bare loop, on the build of llama.cpp that this process has not loaded: this program, started again with
/// <see cref="PeerCommand"/>.
/// </summary>
internal sealed class EnginePeer : LinePeer
{
    private readonly OtherNatives _natives;
    private readonly IReadOnlyList<string>? _program;

    private EnginePeer(OtherNatives natives, IReadOnlyList<string>? program, EnginePeer? bound) =>
        (_natives, _program, Bound) = (natives, program, bound);

    public override string Name => $"{(Bound is null ? "bare loop" : "engine")} on {_natives.Name}";

    public override IDecodePeer? Bound { get; }

    /// <summary>The bare loop and the engine on a build.</summary>
    /// <param name="natives">The build.</param>
    /// <param name="program">This program with the arguments of <see cref="PeerCommand"/>; <see langword="null"/> when it cannot be started
    /// again.</param>
    public static IReadOnlyList<EnginePeer> On(OtherNatives natives, IReadOnlyList<string>? program)
    {
        var bare = new EnginePeer(natives, program, bound: null);
        return [bare, new(natives, program, bare)];
    }

    /// <summary>The bare loop and the engine on a build, by this program.</summary>
    public static IReadOnlyList<EnginePeer> On(OtherNatives natives) =>
        On(natives, OwnProgram.With(typeof(EnginePeer).Assembly, "bench", PeerCommand.Name));

    public override double? TargetOf(int sequences) => null;

    protected override Task<ProcessStartInfo> PrepareAsync(CancellationToken cancellationToken)
    {
        var folder = _natives.Folder ?? throw new InvalidOperationException($"{_natives.Name} is not here: {_natives.Remedy}");
        var program = _program ?? throw new InvalidOperationException("the benchmark runs inside another program than coglab");
        return Task.FromResult(
            new ProcessStartInfo(program[0], [.. program.Skip(1), Bound is null ? PeerCommand.BareLoop : PeerCommand.Engine, folder]));
    }
}
