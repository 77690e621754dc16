using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CognitiveTools.Models.Downloads;

/// <summary>Downloads one address into a partial file, resuming where an earlier attempt or run stopped.</summary>
internal sealed class HttpFetcher(
    HttpRequester requester, DownloadRetry retry, StoreDisk disk, ModelDownloaderOptions options, TimeProvider time)
{
    private const int ChunkBytes = 1 << 17;
    private const long ReportBytes = 1 << 20;

    /// <summary>Fetches the whole file, or fails with a message that says what is kept and how to resume.</summary>
    /// <returns>The part's length in bytes.</returns>
    public Task<long> FetchAsync(FetchJob job, CancellationToken cancellationToken) => retry.RunAsync(
        token => AttemptAsync(job, token),
        (attempts, last) => $"The download of {job.Address} failed {attempts} times, last: {last.Message}. "
            + (LengthOf(job.Part) is > 0 and var have
                ? $"{have} bytes are kept in {job.Part}: run the same command again to resume."
                : "Check the network and run the same command again."),
        cancellationToken);

    private async ValueTask<long> AttemptAsync(FetchJob job, CancellationToken cancellationToken)
    {
        var source = job.Address.ToString();
        var state = PartState.Load(job.Part);
        var canResume = state is not null
            && state.Source == source
            && state.Sha256 == job.Sha256
            && (state.ETag ?? state.Sha256) is not null;
        var have = canResume ? LengthOf(job.Part) : 0;
        if (have > 0 && have == job.Bytes)
            return have;

        using var response = await requester.SendAsync(
            HttpMethod.Get, job.Address, request => AskFor(request, have, state?.ETag), stopAt: null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            PartState.Delete(job.Part);
            throw new TransientDownloadFailure($"{job.Address.Authority} has no bytes after {have}, so the part was dropped");
        }

        var range = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange : null;
        if (range is not null && range.From != have)
        {
            PartState.Delete(job.Part);
            throw new TransientDownloadFailure(
                $"{job.Address.Authority} sent bytes from {range.From} instead of {have}, so the part was dropped");
        }

        // Without a range the whole file comes: the server ignored the range that was asked for, or the file has changed.
        have = range is null ? 0 : have;
        var total = range is null ? response.Content.Headers.ContentLength : range.Length;
        if (job.Bytes is { } expected && total is { } announced && announced != expected)
        {
            PartState.Delete(job.Part);
            throw new DownloadFailure(
                $"{job.Address} has {announced} bytes, but {expected} are expected. "
                + "The file has changed, or the address leads elsewhere; nothing was kept.");
        }

        total ??= job.Bytes;
        disk.Require(job.Part, (total ?? have) - have);
        await using var file = disk.Open(job.Part, have);
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : range is null ? null : state?.ETag;
        new PartState(source, job.Sha256, tag).Save(job.Part);
        return await CopyAsync(response, file, job, have, total, cancellationToken);
    }

    private static void AskFor(HttpRequestMessage request, long have, string? tag)
    {
        if (have == 0)
            return;
        request.Headers.Range = new RangeHeaderValue(have, null);
        if (tag is not null)
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(tag));
    }

    private async Task<long> CopyAsync(
        HttpResponseMessage response, Stream file, FetchJob job, long have, long? total, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[ChunkBytes];
        var reported = have;
        job.Report(have, total);
        while (true)
        {
            var read = await ReadAsync(body, buffer, have, total, cancellationToken);
            if (read == 0)
                break;
            await StoreDisk.WriteAsync(file, job.Part, buffer.AsMemory(0, read), cancellationToken);
            have += read;
            if (have - reported >= ReportBytes)
            {
                job.Report(have, total);
                reported = have;
            }
        }

        job.Report(have, total);
        if (total is { } all && have < all)
            throw Broken(have, total);
        return have;
    }

    private async Task<int> ReadAsync(Stream body, Memory<byte> buffer, long have, long? total, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.StallTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            return await body.ReadAsync(buffer, linked.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw Broken(have, total, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientDownloadFailure($"no byte arrived for {options.StallTimeout.TotalSeconds} s", error);
        }
    }

    private static TransientDownloadFailure Broken(long have, long? total, Exception? error = null) =>
        new($"the connection broke after {have} of {total?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} bytes", error);

    private static long LengthOf(string part) => new FileInfo(part) is { Exists: true } file ? file.Length : 0;
}

/// <summary>The address to fetch, and the expected content.</summary>
internal sealed record FetchJob(Uri Address, string Part, long? Bytes, string? Sha256, Action<long, long?> Report);
