using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>
/// Opens a connection between members: each side sends a random challenge and must return the other's with a code (HMAC-SHA-256) that only
/// a holder of the secret can make. Both challenges and the role are in the code, so no answer can be sent back or used twice.
/// </summary>
internal sealed class SecretHandshake(string secret)
{
    /// <summary>The shortest secret.</summary>
    public const int FewestCharacters = 16;

    private const int ChallengeSize = 32;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly byte[] Accepts = "cogtools cluster, side that accepts"u8.ToArray();
    private static readonly byte[] Opens = "cogtools cluster, side that opens"u8.ToArray();

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a member that this one called turns out to have another secret.</summary>
    public Task Refused => _refused.Task;

    /// <summary>Adds the handshake before what speaks on the connections.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="opens">Whether this side opens them.</param>
    public void AddTo(IConnectionBuilder connections, bool opens) => connections.Use(next => async connection =>
    {
        await ShakeAsync(connection.Transport, opens);
        await next(connection);
    });

    /// <summary>Performs the handshake.</summary>
    /// <exception cref="ConnectionAbortedException">The other side does not know the secret, or gave no answer in time.</exception>
    internal async Task ShakeAsync(IDuplexPipe pipe, bool opens)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var own = RandomNumberGenerator.GetBytes(ChallengeSize);
            await pipe.Output.WriteAsync(own, limit.Token);
            var other = await ReadAsync(pipe.Input, ChallengeSize, limit.Token);
            await pipe.Output.WriteAsync(Code(opens ? Opens : Accepts, other, own), limit.Token);
            var answer = await ReadAsync(pipe.Input, HMACSHA256.HashSizeInBytes, limit.Token);
            if (!CryptographicOperations.FixedTimeEquals(answer, Code(opens ? Accepts : Opens, own, other)))
            {
                if (opens)
                    _refused.TrySetResult();
                throw new ConnectionAbortedException("The other side of the connection does not know the cluster's secret.");
            }
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new ConnectionAbortedException(
                "The other side of the connection did not prove in time that it knows the cluster's secret.", late);
        }
    }

    private byte[] Code(byte[] role, byte[] challenge, byte[] own) =>
        HMACSHA256.HashData(_key, (byte[])[.. role, .. challenge, .. own]);

    private static async Task<byte[]> ReadAsync(PipeReader input, int count, CancellationToken cancellationToken)
    {
        var read = await input.ReadAtLeastAsync(count, cancellationToken);
        if (read.Buffer.Length < count)
            throw new ConnectionAbortedException("The other side left before it proved that it knows the cluster's secret.");
        var bytes = read.Buffer.Slice(0, count).ToArray();
        input.AdvanceTo(read.Buffer.GetPosition(count));
        return bytes;
    }
}
