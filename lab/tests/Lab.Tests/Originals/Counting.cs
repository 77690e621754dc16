namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Plain enumeration.</summary>
internal static class Counting
{
    public static int Gcd(int a, int b) => b == 0 ? Math.Abs(a) : Gcd(b, a % b);

    public static int DivisorCount(int n)
    {
        var count = 0;
        for (var d = 1; d * d <= n; d++)
        {
            if (n % d == 0)
                count += d * d == n ? 1 : 2;
        }

        return count;
    }

    public static List<long> Divisors(long n)
    {
        var divisors = new List<long>();
        for (long d = 1; d * d <= n; d++)
        {
            if (n % d != 0)
                continue;
            divisors.Add(d);
            if (d * d != n)
                divisors.Add(n / d);
        }

        return divisors;
    }

    /// <summary>All words of <paramref name="length"/> letters 0 .. <paramref name="letters"/> - 1.</summary>
    public static IEnumerable<int[]> Words(int length, int letters)
    {
        var word = new int[length];
        while (true)
        {
            yield return [.. word];
            var i = 0;
            while (i < length && ++word[i] == letters)
                word[i++] = 0;
            if (i == length)
                yield break;
        }
    }

    /// <summary>All orders of 0 .. <paramref name="n"/> - 1.</summary>
    public static IEnumerable<int[]> Permutations(int n)
    {
        if (n == 0)
        {
            yield return [];
            yield break;
        }

        foreach (var shorter in Permutations(n - 1))
        {
            for (var at = 0; at < n; at++)
                yield return [.. shorter[..at], n - 1, .. shorter[at..]];
        }
    }

    /// <summary>All orders of a multiset given by how often each letter occurs.</summary>
    public static IEnumerable<List<int>> Arrangements(int[] supply, List<int> begun)
    {
        var done = true;
        for (var letter = 0; letter < supply.Length; letter++)
        {
            if (supply[letter] == 0)
                continue;
            done = false;
            supply[letter]--;
            begun.Add(letter);
            foreach (var arrangement in Arrangements(supply, begun))
                yield return arrangement;
            begun.RemoveAt(begun.Count - 1);
            supply[letter]++;
        }

        if (done)
            yield return [.. begun];
    }
}
