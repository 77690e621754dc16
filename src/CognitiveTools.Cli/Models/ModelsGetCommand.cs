using System.CommandLine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models get</c>: downloads a model, and resumes an interrupted download.</summary>
internal static class ModelsGetCommand
{
    private static readonly Argument<string> Reference = new("model")
    {
        Description = "A name from `cogtools models list`, hf:owner/repo (the file is chosen and the choice printed), hf:owner/repo:QUANT, "
            + "hf:owner/repo/file.gguf, or an address. Of a split model all parts are fetched, whichever is named",
    };

    public static Command Create()
    {
        var command = new Command("get", "Fetch a model into the store") { Reference };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            using var downloader = new ModelDownloader(new ModelStore(ModelCatalog.Load()), new() { CheckGguf = GgufFile.ProblemOf });
            var view = new DownloadView(TerminalWriter.Unguarded(error), interactive: !Console.IsErrorRedirected, TimeProvider.System);
            var download = await downloader.GetAsync(parse.GetValue(Reference)!, view, cancellationToken);
            view.Finish();
            foreach (var warning in download.Warnings)
                await error.WriteLineAsync(TerminalText.Line($"cogtools: {warning}"));
            if (download.Path is null)
            {
                await error.WriteLineAsync(TerminalText.Line($"cogtools: {download.Error}"));
                return ExitCodes.BadInput;
            }

            var parts = download.Files > 1 ? $" ({download.Files} files, of which this is the first)" : "";
            var verified = download.Sha256 is null ? "" : $", sha256 {download.Sha256} verified{parts}";
            await error.WriteLineAsync(download.WasPresent ? $"Already there{verified}." : $"Done, sha256 {download.Sha256}{parts}.");
            await output.WriteLineAsync(download.Path);
            return ExitCodes.Success;
        });
        return command;
    }
}
