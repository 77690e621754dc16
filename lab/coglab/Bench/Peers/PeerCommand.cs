using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary><c>coglab bench peer</c>, not listed: what <see cref="EnginePeer"/> starts.</summary>
internal static class PeerCommand
{
    public const string Name = "peer", Engine = "engine", BareLoop = "bare";

    private static readonly Argument<string> Subject = new("subject") { Description = $"{Engine} or {BareLoop}" };

    private static readonly Argument<string> Natives = new("natives") { Description = "Folder of the llama.cpp libraries" };

    public static Command Create()
    {
        var command = new Command(Name, "Decode for a benchmark in another process over standard input and output") { Subject, Natives };
        command.Hidden = true;
        command.SetGuardedAction(static async (parse, cancellationToken) =>
        {
            await using var peer = new LocalPeer(parse.GetValue(Natives)!, isBareLoop: parse.GetValue(Subject) == BareLoop);
            await PeerHost.RunAsync(peer, Console.In, parse.InvocationConfiguration.Output, cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
