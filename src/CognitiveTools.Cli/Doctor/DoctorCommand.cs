using System.CommandLine;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Code;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using CognitiveTools.Programs;
using CognitiveTools.Sandbox.Hosting;

namespace CognitiveTools.Cli.Doctor;

/// <summary><c>cogtools doctor</c>: what was loaded from where, and what to do about anything wrong.</summary>
internal static class DoctorCommand
{
    private const string RunsRemedy = "cogtools eval stores its runs there; run it in a writable folder, or give --run.";

    private static readonly Option<bool> Json = new("--json") { Description = "Print as JSON" };

    public static Command Create()
    {
        var command = new Command("doctor", "Check the installation: native libraries, devices, model, embedding parity");
        var model = new ModelOptions(runsReasoners: false);
        model.AddTo(command);
        command.AddGroup(HelpGroup.Output, Json);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var report = await ExamineAsync(model.Read(parse), cancellationToken);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(Json) ? report.ToJson() : report.ToText());
            return report.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    private static async Task<DoctorReport> ExamineAsync(ModelChoice choice, CancellationToken cancellationToken)
    {
        var report = new DoctorReport();
        report.Section("Machine");
        report.Fact("system", System.Runtime.InteropServices.RuntimeInformation.OSDescription);
        report.Fact("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        report.Fact("cores", $"{Environment.ProcessorCount}");

        var (node, npm) = (ProgramPath.Find("node") ?? "no node", ProgramPath.Find("npm") ?? "no npm");
        report.Fact("node, npm", $"{node}, {npm} (for llama.cpp builds and models that npm packages hold)");

        report.Section("Native libraries");
        var options = new NativeOptions { Directory = choice.Natives ?? choice.Settings!.NativesDirectory };
        var natives = report.Try("native libraries", () => LlamaDoctor.InspectNatives(options));
        if (natives is not null)
            Describe(report, natives);

        report.Section("Sandbox");
        using var sandbox = new CodeSandbox(CodeSettings.Read(choice.Settings!.Configuration));
        foreach (var language in sandbox.Languages)
        {
            if (await sandbox.FindAsync(language, cancellationToken) is { } runner)
                report.Fact(language, $"{runner.Level.ToName()}: {runner.Protection}");
        }

        report.Section("Storage");
        var store = new ModelStore(ModelCatalog.Load());
        DiskCheck.Examine(report, "store", store.Folder, $"Set {ModelStore.FolderVariable} to a folder that can be written to.");
        DiskCheck.Examine(report, "runs", Path.GetFullPath("runs"), RunsRemedy);

        report.Section("Model");
        if (natives is null)
        {
            report.Fact("model", "not examined without native libraries");
            return report;
        }

        if (report.Try("model", () => ModelHost.Create(choice)) is not { } host)
            return report;
        await using (host)
            await ExamineModelAsync(report, host, cancellationToken);
        return report;
    }

    private static void Describe(DoctorReport report, NativeFacts natives)
    {
        report.Fact("llama.cpp", natives.Version);
        if (natives.MissingArchitectures.Count > 0)
        {
            var missing = string.Join(", ", natives.MissingArchitectures);
            report.Fact("lacks", $"the architectures {missing} (`cogtools natives use npm` takes a build that has them)");
        }

        report.Fact("folder", natives.Directory);
        report.Fact("chosen because", natives.Source);
        report.Fact("verified", natives.Verified is { } count
            ? $"yes, {count} files have the hashes of this version"
            : "no, your own build");
        report.Fact("backends", string.Join(", ", natives.Backends));
        foreach (var device in natives.Devices)
        {
            var memory = $"{device.FreeBytes / 1e9:0.0} of {device.TotalBytes / 1e9:0.0} GB free";
            report.Fact($"device {device.Name}", $"{device.Description} ({device.Kind}), {memory}");
        }

        foreach (var library in natives.Libraries)
            report.Fact("loaded", library);
        report.Fact("features", natives.SystemInfo);
    }

    private static void ExamineRecurrent(DoctorReport report, ModelHost host)
    {
        if (report.Try("model", () => host.Recurrent!) is not { } model)
            return;
        report.Fact("engine", $"ONNX Runtime {OnnxLatentModel.RuntimeVersion}");
        report.Fact("runs on", model.ProviderNote is { } note ? $"{model.Provider} (CUDA did not start: {note})" : model.Provider);
        report.Fact("parameters", $"{model.Manifest.Parameters:N0}");
        report.Fact("vocabulary", $"{model.VocabularySize:N0} tokens");
        report.Fact("context", $"{model.ContextLength:N0} positions");
        report.Fact("depth", $"trained at a mean of {model.Manifest.TrainedDepth}");
    }

    private static void ExamineRecursive(DoctorReport report, ModelHost host)
    {
        if (report.Try("model", () => host.Recursive!) is not { } model)
            return;
        report.Fact("engine", $"ONNX Runtime {OnnxLatentModel.RuntimeVersion}");
        report.Fact("runs on", model.ProviderNote is { } note ? $"{model.Provider} (CUDA did not start: {note})" : model.Provider);
        report.Fact("parameters", $"{model.Manifest.Parameters:N0}");
        report.Fact("puzzle", $"{model.Manifest.Puzzle}, {model.Cells} cells");
        report.Fact("steps", $"trained on {model.Steps}");
        report.Fact("noise", model.Varies ? "trajectories differ by their seeds" : "none, all trajectories are equal");
    }

    private static async Task ExamineModelAsync(DoctorReport report, ModelHost host, CancellationToken cancellationToken)
    {
        report.Fact("file", host.Model.Path);
        report.Fact("verified", host.Model.Sha256 is { } hash ? $"yes, SHA-256 {hash}" : "no, a file of your own");
        if (host.ProfileProblem is { } profile)
            report.Problem(profile);
        if (host.IsRecurrent)
        {
            if (GramFolder.Is(host.Model.Path))
                ExamineRecursive(report, host);
            else
                ExamineRecurrent(report, host);
            return;
        }

        if (report.Try("model", () => LlamaDoctor.InspectModel(host.Llama)) is not { } model)
            return;
        report.Fact("description", WithoutGuess(model.Description));
        report.Fact("parameters", $"{model.Parameters:N0}");
        report.Fact("layers x width", $"{model.Layers} x {model.EmbeddingLength}");
        report.Fact("vocabulary", $"{model.VocabularySize:N0} tokens");
        report.Fact("trained context", $"{model.TrainedContextLength:N0} positions");
        report.Fact("sampling", SamplingOf(model));
        DescribeTemplate(report, model);
        var engine = report.Try("context", () => host.Engine);
        if (engine is not null)
            Describe(report, engine);
        await ModelAbilities.ExamineAsync(report, host.Llama, model, engine, cancellationToken);
    }

    private static void Describe(DoctorReport report, Llama.Engine.LlamaEngine engine)
    {
        var facts = LlamaDoctor.InspectEngine(engine);
        report.Fact("build", facts.Slower ?? "no faster build of llama.cpp is known for this format");
        var reason = (facts.ContextReason ?? ContextRoom.Of(facts).Note) is { } why ? $" ({why})" : "";
        report.Fact("context", $"{engine.ContextLength:N0} positions per sequence{reason}, {engine.CacheLength:N0} in all");
        report.Fact("sequences", $"{facts.Sequences} at once");
    }

    // llama.cpp writes "llama ?B (guessed) Q8_0" when it knows no such size and the file does not state its format.
    private static string WithoutGuess(string description) => description
        .Replace(" ?B", "", StringComparison.Ordinal).Replace(" (guessed)", "", StringComparison.Ordinal);

    private static string SamplingOf(ModelFacts model)
    {
        var used = string.Join(", ", model.Sampling.Select(fact => $"{fact.Key} {fact.Value}"));
        var unused = model.UnusedSampling.Count == 0 ? "" : $"; not used: {string.Join(", ", model.UnusedSampling)}";
        return (used.Length == 0 ? "greedy without a temperature; the file recommends nothing"
            : model.Sampling.ContainsKey("temp") ? $"{used} (the file's; used where a request says nothing)"
            : $"greedy without a temperature; {used} (the file's; used with one)") + unused;
    }

    private static void DescribeTemplate(DoctorReport report, ModelFacts model)
    {
        report.Fact("chat template", model.Template ?? "none that can be used");
        if (model.TemplateVariables.Count > 0)
            report.Fact("template reads", string.Join(", ", model.TemplateVariables));
        if (model.RenderedTurn is { } turn)
            report.Fact("\"Hello\" becomes", turn.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n"));
    }
}
