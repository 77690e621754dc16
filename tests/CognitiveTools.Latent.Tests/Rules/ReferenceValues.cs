using System.Text.Json;

namespace CognitiveTools.Latent.Tests.Rules;

/// <summary>
/// Reference values of the thought rules. A program in NumPy that shares no code with the library computed them once, in double precision,
/// from the formulas of the papers and the model of <see cref="Fakes.FakeLatentModel"/>; it is in the history of the repository
/// (<c>git show e49f8021:models/training/rule_references.py</c>).
/// </summary>
internal static class ReferenceValues
{
    public static JsonElement Runs { get; } = Load("runs");

    public static JsonElement Run(string name) =>
        Runs.GetProperty("runs").EnumerateArray().Single(run => run.GetProperty("name").GetString() == name);

    /// <summary>A file of cases.</summary>
    public static JsonElement[] Cases(string file) => [.. Load(file).EnumerateArray()];

    public static double[] Doubles(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    public static float[] Floats(this JsonElement element, string name) => [.. element.Doubles(name).Select(value => (float)value)];

    public static float[][] Rows(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray())];

    public static void Close(double[] expected, IEnumerable<double> actual, double tolerance)
    {
        var values = actual.ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], tolerance);
    }

    private static JsonElement Load(string file)
    {
        using var stream = typeof(ReferenceValues).Assembly.GetManifestResourceStream($"{file}.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
