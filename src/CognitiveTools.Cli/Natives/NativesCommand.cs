using System.CommandLine;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Natives;

/// <summary><c>cogtools natives</c>: which llama.cpp libraries there are, and which of them run.</summary>
internal static class NativesCommand
{
    private const string Shipped = "default";

    private static readonly Argument<string> Build = new("build") { Description = "npm, npm-cuda or npm-vulkan (`cogtools natives list`)" };

    private static readonly Argument<string> Choice = new("build")
    {
        Description = $"A build from `cogtools natives list`, a folder of your own, or '{Shipped}' for the libraries beside the program",
    };

    public static Command Create() => new("natives", "List, fetch and choose llama.cpp libraries") { List(), Get(), Use() };

    private static Command List()
    {
        var command = new Command("list", "The builds of llama.cpp there are for this platform, and which one runs");
        command.SetGuardedAction((parse, _) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var store = new NativeStore();
            var settings = SettingsLoader.Load(error);
            var used = LlamaDoctor.InspectNatives(new NativeOptions { Directory = settings.NativesDirectory });
            output.WriteLine($"In use: llama.cpp {used.Version} from {TerminalText.Line(used.Directory)} ({used.Source})");
            output.WriteLine($"  {Shipped,-12} llama.cpp b10221, beside the program (LLamaSharp.Backend.Cpu 0.30.0)");
            foreach (var package in NativePackage.ForThisPlatform)
            {
                var state = store.Has(package) ? TerminalText.Line(store.FolderOf(package)) : $"not fetched: `cogtools natives get {package.ShortName}`";
                output.WriteLine($"  {package.ShortName,-12} llama.cpp v0.5.0 ({package.Package} {package.Version}), {state}");
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command Get()
    {
        var command = new Command("get", "Fetch a build through npm") { Build };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            await parse.InvocationConfiguration.Output.WriteLineAsync(await new NativeStore().GetAsync(Find(parse.GetValue(Build)!), cancellationToken));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Use()
    {
        var command = new Command("use", "Choose the build that every command runs on from now on; fetches it when it is not there") { Choice };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var choice = parse.GetValue(Choice)!;
            var folder = choice == Shipped ? null
                : NativePackage.ForThisPlatform.FirstOrDefault(package => package.ShortName == choice) is { } package ? await new NativeStore().GetAsync(package, cancellationToken)
                : Path.IsPathFullyQualified(choice) || Directory.Exists(choice) ? NativeLibraryLocator.Find(new NativeOptions { Directory = choice }).Directory
                : throw new ArgumentException($"'{choice}' is neither a build ({Shipped}, {Builds()}) nor a folder.");
            var file = UserSettings.Set(SettingTable.Natives, folder);
            await parse.InvocationConfiguration.Output.WriteLineAsync(TerminalText.Line(
                folder is null ? $"Commands run on the libraries beside the program ({file})." : $"Commands run on {folder} ({file})."));
            return ExitCodes.Success;
        });
        return command;
    }

    private static NativePackage Find(string build) =>
        NativePackage.ForThisPlatform.FirstOrDefault(package => package.ShortName == build)
            ?? throw new ArgumentException(NativePackage.ForThisPlatform.Count == 0
                ? "npm has no llama.cpp libraries for this platform. Use the libraries beside the program, or a folder of your own: `cogtools natives use FOLDER`."
                : $"There is no build '{build}' for this platform. There are: {Builds()}.");

    private static string Builds() => string.Join(", ", NativePackage.ForThisPlatform.Select(static package => package.ShortName));
}
