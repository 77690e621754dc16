using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Computes a model's ridge map once, which takes minutes for a large vocabulary, and
/// caches it in memory and on disk under a hash of both matrices and λ. Thread-safe.
/// </summary>
/// <param name="folder">The folder of the cache; <see langword="null"/> to cache in memory only.</param>
/// <param name="lambda">λ, above 0; the paper's 1e-5 by default.</param>
internal sealed class RidgeMaps(string? folder = null, double lambda = 1e-5)
{
    private readonly double _lambda = lambda > 0 && double.IsFinite(lambda)
        ? lambda
        : throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The ridge's lambda must be above 0.");

    private readonly ConditionalWeakTable<ILatentModel, Task<RidgeMap>> _maps = [];
    private readonly Lock _gate = new();

    /// <summary>The map of a model. Cancellation ends the wait, but not the computation, for which others may wait.</summary>
    /// <exception cref="NotSupportedException">
    /// The engine cannot read the model's output matrix, or its rows have another width.
    /// </exception>
    internal Task<RidgeMap> OfAsync(ILatentModel model, CancellationToken cancellationToken)
    {
        var output = model.OutputEmbeddings ?? throw new NotSupportedException(
            "align=ridge needs the model's output matrix, which this engine cannot read. Use align=norm, or the model as a GGUF file.");
        if (output.Length != model.Embeddings.Length)
            throw new NotSupportedException(
                "align=ridge needs matrices of one width, "
                + $"but the output rows have {output.Length} floats and the input rows {model.Embeddings.Length}. Use align=norm.");

        lock (_gate)
        {
            if (!_maps.TryGetValue(model, out var map) || map.IsFaulted)
            {
                map = Task.Run(() => LoadOrSolve(model.Embeddings, output), CancellationToken.None);
                _maps.AddOrUpdate(model, map);
            }

            return map.WaitAsync(cancellationToken);
        }
    }

    private RidgeMap LoadOrSolve(ITokenEmbeddings input, ITokenEmbeddings output)
    {
        if (folder is null)
            return RidgeMap.Solve(input, output, _lambda);

        var width = input.Length;
        var file = Path.Combine(folder, $"{Hash(input, output)}.ridge");
        if (File.Exists(file) && new FileInfo(file).Length == (long)width * width * sizeof(float))
            return new RidgeMap(width, MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray());

        var map = RidgeMap.Solve(input, output, _lambda);
        Directory.CreateDirectory(folder);
        var part = $"{file}.{Environment.ProcessId}";
        File.WriteAllBytes(part, MemoryMarshal.AsBytes(map.Rows.AsSpan()));
        File.Move(part, file, overwrite: true);
        return map;
    }

    private string Hash(ITokenEmbeddings input, ITokenEmbeddings output)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(_lambda));
        var row = new float[input.Length];
        foreach (var embeddings in new[] { input, output })
        {
            for (var token = 0; token < embeddings.Count; token++)
            {
                embeddings.CopyRow(token, row);
                hash.AppendData(MemoryMarshal.AsBytes(row.AsSpan()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
