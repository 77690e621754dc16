using System.CommandLine;
using CognitiveTools.Cli;

namespace CognitiveTools.Lab.Commands;

/// <summary>
/// <c>coglab train</c>, <c>sample</c>, <c>features</c>, <c>concepts</c>, <c>export</c> and <c>influence</c> in the help. They are a program
/// of their own, because they need LibTorch, which has 480 MB.
/// </summary>
internal static class LearningCommands
{
    public static Command Train() => Elsewhere("train", "Train a model on LibTorch; stop it at any time and go on with --resume");

    public static Command Sample() =>
        Elsewhere("sample", "Write a model's own solutions of training problems, for a corpus with its errors");

    public static Command Features() =>
        Elsewhere("features", "Measure a sparse autoencoder, and list the features that tell two formats apart");

    public static Command Concepts() =>
        Elsewhere("concepts", "Compare concept models with token models: answers, invalid lines, cost");

    public static Command Export() => Elsewhere("export", "Write a recurrent-depth model as ONNX graphs, as cogtools runs it");

    public static Command Influence() =>
        Elsewhere("influence", "Trace a model's answers to the training records that helped and hurt most");

    private static Command Elsewhere(string name, string description)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.SetGuardedAction((_, _) => throw new InvalidOperationException(
            $"{name} is in a program of its own. Start it with ./coglab {name} in the repository, which builds it."));
        return command;
    }
}
