using System.CommandLine;
using CognitiveTools.Cli.Ask;
using CognitiveTools.Cli.Clusters;
using CognitiveTools.Cli.Completion;
using CognitiveTools.Cli.Data;
using CognitiveTools.Cli.Doctor;
using CognitiveTools.Cli.Eval;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Cli.Mcp;
using CognitiveTools.Cli.Models;
using CognitiveTools.Cli.Natives;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Cli.Serve;
using CognitiveTools.Cli.View;
using CognitiveTools.Cli.Workers;

namespace CognitiveTools.Cli;

/// <summary>The whole command line.</summary>
internal static class CogtoolsCommand
{
    /// <inheritdoc cref="ProgramCommand.RunAsync"/>
    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default) =>
        Create().RunAsync(arguments, configuration, cancellationToken);

    public static ProgramCommand Create()
    {
        var root = Root().WithValueRules();
        GroupedHelp.Use(root);
        return root;
    }

    private static ProgramCommand Root()
    {
        var root = new ProgramCommand("cogtools", """
            Reasoning on local models, measured honestly.

            First steps:
              cogtools eval                         compares twelve ways of thinking on the small models that come with the tool
              cogtools models get tinyllama         downloads a real chat model, which the commands below then use
              cogtools doctor
              cogtools ask "What is the last digit of 7^2026?" --reasoner tools --show-trace
              cogtools eval --problems originals --take 8 --arms direct,cot,tools,latent,pause

            Exit codes:
              0    done
              1    done, but not as wished: a check failed, units have errors, an answer is empty or was cut by a limit
              2    bad input: an argument, a file, a setting, or a server that cannot be reached; the message says what to do
              130  cancelled with Ctrl+C
            """);
        root.AddGroup(
            "Ask and compare",
            AskCommand.Create(),
            EvalCommand.Create(),
            WorkerCommand.Create(),
            GradeCommand.Create(),
            RunCommand.Create(),
            ViewCommand.Create(),
            ReasonersCommand.Create());
        root.AddGroup("Models and data", ModelsCommand.Create(), NativesCommand.Create(), DataCommand.Create());
        root.AddGroup("Servers", ServeCommand.Create(), McpCommand.Create());
        root.AddGroup("Installation", DoctorCommand.Create(), CompletionCommand.Create(), ClusterCommand.Create());
        root.Options.Add(CommandGuard.Verbose);
        root.Subcommands.Add(ScriptCommand.Create());
        foreach (var former in RunCommand.FormerNames())
            root.Subcommands.Add(former);
        return root;
    }
}
