using System.CommandLine;
using CognitiveTools.Cli.Ask;
using CognitiveTools.Cli.Completion;
using CognitiveTools.Cli.Data;
using CognitiveTools.Cli.Doctor;
using CognitiveTools.Cli.Eval;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Cli.Mcp;
using CognitiveTools.Cli.Models;
using CognitiveTools.Cli.Natives;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Cli.Serve;
using CognitiveTools.Cli.Workers;

namespace CognitiveTools.Cli;

/// <summary>The whole command line.</summary>
internal static class CogtoolsCommand
{
    /// <inheritdoc cref="ProgramCommand.RunAsync"/>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default) =>
        Create().RunAsync(arguments, configuration, cancellationToken);

    public static ProgramCommand Create()
    {
        var root = Root();
        NumberOptions.UseOneForm(root);
        return root;
    }

    private static ProgramCommand Root() => new("cogtools", """
        Reasoning on local models, measured honestly.

        First steps:
          cogtools eval                         compares twelve ways of thinking on the small models of the repository
          cogtools models get tinyllama         fetches a real chat model, which the commands below then use
          cogtools doctor
          cogtools ask "What is the last digit of 7^2026?" --reasoner tools --show-trace
          cogtools eval --problems evals/problems/originals.jsonl --take 8 --arms direct,cot,tools,latent,pause

        Exit codes: 0 done, 1 done but something needs attention, 2 bad input, 130 cancelled.
        """)
    {
        AskCommand.Create(),
        EvalCommand.Create(),
        ReportCommand.Create(),
        ListCommand.Create(),
        CompareCommand.Create(),
        ExportCommand.Create(),
        RegradeCommand.Create(),
        ReplayCommand.Create(),
        GradeCommand.Create(),
        ModelsCommand.Create(),
        NativesCommand.Create(),
        DataCommand.Create(),
        DoctorCommand.Create(),
        ReasonersCommand.Create(),
        McpCommand.Create(),
        ServeCommand.Create(),
        CompletionCommand.Create(),
        ScriptCommand.Create(),
        CommandGuard.Verbose,
    };
}
