using System.CommandLine;

namespace CognitiveTools.Cli.Tests;

/// <summary>A command line whose options <see cref="NumberOptionProperties{TProgram}"/> tests.</summary>
public interface ICommandLine
{
    /// <summary>The least number of options that take numbers, so that a test over all of them cannot pass on an empty list.</summary>
    static abstract int LeastNumberOptions { get; }

    /// <summary>The least number of options that take numbers with a fraction.</summary>
    static abstract int LeastFractionOptions { get; }

    /// <summary>The command line with all of its commands.</summary>
    static abstract Command Create();
}
