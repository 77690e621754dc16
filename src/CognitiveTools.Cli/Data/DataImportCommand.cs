using System.CommandLine;
using CognitiveTools.Evals.Imports;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data import</c>: a published problem set into the user's own folder, checked.</summary>
internal static class DataImportCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Name of the set: one of `cogtools data sets`, or a new one" };

    private static readonly Option<string> From = new("--from") { Description = "File or address: JSON Lines, JSON, CSV, TSV or Parquet with the usual field names", Required = true, HelpName = "FILE|URL" };

    private static readonly Option<bool> AcceptUnknown = new("--accept-unknown") { Description = "Take a known set though neither its file nor its answers are the checked ones" };

    public static Command Create()
    {
        var command = new Command("import", "Import a published problem set and check it against pinned hashes") { Name, From, AcceptUnknown };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var from = parse.GetValue(From)!;
            var isAddress = Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
            var file = isAddress ? await DownloadAsync(address!, cancellationToken) : from;
            try
            {
                var imported = ProblemImport.Run(parse.GetValue(Name)!, file, isAddress ? from : Path.GetFileName(from), ProblemReader.Folder, TimeProvider.System, parse.GetValue(AcceptUnknown));
                foreach (var note in imported.Notes)
                    await error.WriteLineAsync(note);
                var origin = imported.Origin;
                await output.WriteLineAsync($"{origin.Problems} problems, {origin.FigureProblemsLeftOut} left out because they need a figure; pinned: {origin.Pinned}; sha256 {origin.Sha256}");
                await output.WriteLineAsync($"Written: {imported.Path}. Use it by name: cogtools eval --problems {origin.Set} --arms direct,cot");
                return ExitCodes.Success;
            }
            finally
            {
                if (isAddress)
                    File.Delete(file);
            }
        });
        return command;
    }

    private static async Task<string> DownloadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + Path.GetExtension(address.AbsolutePath));
        await using var stream = await client.GetStreamAsync(address, cancellationToken);
        await using var file = File.Create(path);
        await stream.CopyToAsync(file, cancellationToken);
        return path;
    }
}
