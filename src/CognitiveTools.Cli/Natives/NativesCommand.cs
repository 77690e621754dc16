using System.CommandLine;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Natives;

/// <summary><c>cogtools natives</c>: which llama.cpp libraries exist, and which of them run.</summary>
internal static class NativesCommand
{
    private const string Default = "default";

    private static readonly Argument<string> Build = new("build")
    {
        Description = "A build from `cogtools natives list`, other than the default",
    };

    private static readonly Argument<string> Choice = new("build")
    {
        Description = $"A build from `cogtools natives list`, a folder of your own, or '{Default}' for the libraries next to the program",
    };

    public static Command Create() => new("natives", "List, download and choose llama.cpp libraries") { List(), Get(), Use() };

    private static Command List()
    {
        var command = new Command("list", "List the builds of llama.cpp for this platform, and the one that runs");
        command.SetGuardedAction((parse, _) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var store = new NativeStore();
            var settings = SettingsLoader.Load(error);
            var used = LlamaDoctor.InspectNatives(new NativeOptions { Directory = settings.NativesDirectory });
            output.WriteLine($"In use: llama.cpp {used.Version} from {TerminalText.Line(used.Directory)} ({used.Source})");
            var bundled = NativeBuild.Bundled;
            output.WriteLine($"  {Default,-12} llama.cpp {bundled.Name}, next to the program ({bundled.Origin})");
            foreach (var package in NativePackage.ForThisPlatform)
            {
                var state = store.Has(package)
                    ? TerminalText.Line(store.FolderOf(package))
                    : $"not downloaded: `cogtools natives get {package.ShortName}`";
                output.WriteLine(
                    $"  {package.ShortName,-12} llama.cpp {NativeBuild.Newer.Name} ({package.Package} {package.Version}), {state}");
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command Get()
    {
        var command = new Command("get", "Download a build with npm") { Build };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var build = parse.GetValue(Build)!;
            var folder = await new NativeStore().GetAsync(Find(build) ?? throw Unknown(build), cancellationToken);
            await parse.InvocationConfiguration.Output.WriteLineAsync(folder);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Use()
    {
        var command = new Command("use", "Choose the build that all commands run on; downloads it first if needed") { Choice };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var folder = await FolderOfAsync(parse.GetValue(Choice)!, cancellationToken);
            var file = UserSettings.Set(SettingTable.Natives, folder);
            await parse.InvocationConfiguration.Output.WriteLineAsync(TerminalText.Line(
                folder is null ? $"Commands run on the libraries next to the program ({file})." : $"Commands run on {folder} ({file})."));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<string?> FolderOfAsync(string choice, CancellationToken cancellationToken)
    {
        if (choice == Default)
            return null;
        if (Find(choice) is { } package)
            return await new NativeStore().GetAsync(package, cancellationToken);
        return Path.IsPathFullyQualified(choice) || Directory.Exists(choice)
            ? NativeLibraryLocator.Find(new NativeOptions { Directory = choice }).Directory
            : throw new ArgumentException($"'{choice}' is neither a build ({Default}, {Builds()}) nor a folder.");
    }

    private static NativePackage? Find(string build) =>
        NativePackage.ForThisPlatform.FirstOrDefault(package => package.ShortName == build);

    private static ArgumentException Unknown(string build) => new(NativePackage.ForThisPlatform.Count == 0
        ? "npm has no llama.cpp libraries for this platform. Use the libraries next to the program, or a folder of your own: "
            + "`cogtools natives use FOLDER`."
        : $"There is no build '{build}' for this platform. The builds are: {Builds()}.");

    private static string Builds() => string.Join(", ", NativePackage.ForThisPlatform.Select(static package => package.ShortName));
}
