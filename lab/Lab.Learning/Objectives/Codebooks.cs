using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Residual vector quantisation: the sum of one entry of each codebook is near a vector.</summary>
internal static class Codebooks
{
    private const int Rounds = 30;

    /// <summary>Fits each codebook to what those before it leave, by k-means from entries that are drawn among the vectors.</summary>
    /// <param name="vectors">Vectors x elements, at least as many as a codebook has entries.</param>
    /// <param name="books">Levels x entries x elements; gets the codebooks.</param>
    /// <param name="random">Draws the first entries.</param>
    public static void Fit(Tensor vectors, Tensor books, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (left, entries) = (vectors, books.shape[1]);
        for (var level = 0L; level < books.shape[0]; level++)
        {
            var order = Enumerable.Range(0, (int)vectors.shape[0]).ToArray();
            random.Shuffle<int>(order);
            var book = left.index_select(0, tensor(order.Take((int)entries).Select(static i => (long)i).ToArray(), device: left.device));
            for (var round = 0; round < Rounds; round++)
            {
                var members = nn.functional.one_hot(Closest(left, book), entries).to(left.dtype).t();
                var counts = members.sum(1, keepdim: true);
                // An entry that no vector is nearest to stays where it is.
                book = where(counts.gt(Scalars.Of(0)), members.mm(left) / counts.clamp(min: Scalars.Of(1)), book);
            }

            books[level].copy_(book);
            left = left - book.index_select(0, Closest(left, book));
        }
    }

    /// <summary>The entries of vectors, vectors x levels.</summary>
    public static Tensor Entries(Tensor vectors, Tensor books)
    {
        using var scope = NewDisposeScope();
        var (left, chosen) = (vectors, new List<Tensor>());
        for (var level = 0L; level < books.shape[0]; level++)
        {
            chosen.Add(Closest(left, books[level]));
            left = left - books[level].index_select(0, chosen[^1]);
        }

        return stack(chosen, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The sums of entries of the first codebooks.</summary>
    /// <param name="entries">Vectors x levels.</param>
    /// <param name="books">The codebooks.</param>
    /// <param name="levels">How many of them.</param>
    public static Tensor Sum(Tensor entries, Tensor books, int levels)
    {
        var sum = zeros(entries.shape[0], books.shape[2], dtype: books.dtype, device: books.device);
        for (var level = 0; level < levels; level++)
            sum = sum.Plus(books[level].index_select(0, entries.select(1, level)));
        return sum;
    }

    /// <summary>The sums of entries that are near vectors.</summary>
    public static Tensor Nearest(Tensor vectors, Tensor books) => Sum(Entries(vectors, books), books, (int)books.shape[0]);

    private static Tensor Closest(Tensor vectors, Tensor book) =>
        (book.square().sum(1).unsqueeze(0) - vectors.mm(book.t()).mul(Scalars.Of(2))).argmin(1);
}
