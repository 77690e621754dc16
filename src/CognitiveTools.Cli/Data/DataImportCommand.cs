using System.CommandLine;
using CognitiveTools.Cli.Problems;
using CognitiveTools.Evals.Imports;
using CognitiveTools.Files;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data import</c>: a published problem set into the user's own folder, checked.</summary>
internal static class DataImportCommand
{
    private static readonly Argument<string> Name = new("name")
    {
        Description = "Name of the set: one of `cogtools data sets`, or a new one",
    };

    private static readonly Option<string> From = new("--from")
    {
        Description = "File or address: JSON Lines, JSON, CSV, TSV or Parquet with the usual field names",
        Required = true,
        HelpName = "FILE|URL",
    };

    private static readonly Option<bool> AcceptUnknown = new("--accept-unknown")
    {
        Description = "Accept a known set even if its file and its answers differ from the checked ones",
    };

    public static Command Create()
    {
        var command = new Command("import", "Import a published problem set and check it against pinned hashes")
        {
            Name, From, AcceptUnknown,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var from = parse.GetValue(From)!;
            var isAddress = Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
            var file = isAddress ? await DownloadAsync(address!, cancellationToken) : from;
            try
            {
                var imported = ProblemImport.Run(
                    parse.GetValue(Name)!,
                    file,
                    isAddress ? from : Path.GetFileName(from),
                    ProblemReader.Folder,
                    TimeProvider.System,
                    parse.GetValue(AcceptUnknown));
                foreach (var note in imported.Notes)
                    await error.WriteLineAsync(note);
                var origin = imported.Origin;
                await output.WriteLineAsync($"{origin.Problems} problems, {origin.FigureProblemsLeftOut} left out because they need "
                    + $"a figure; pinned: {origin.Pinned}; sha256 {origin.Sha256}");
                await output.WriteLineAsync(
                    $"Written: {imported.Path}. Use it by name: cogtools eval --problems {origin.Set} --arms direct,cot");
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
        try
        {
            await using var file = File.Create(path);
            var buffer = new byte[1 << 16];
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                if (file.Length > Utf8TextReader.MostFileBytes)
                {
                    throw new InvalidDataException($"{address} sends more than {Utf8TextReader.MostFileBytes >> 30} GiB, "
                        + "the limit of a problem file.");
                }
            }

            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
