using System.Text;
using CognitiveTools.Calls;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Loop;

/// <summary>
/// Calls the tool, then asks it the same about other problems until their outputs together are as long, and hands those over,
/// cut to the real output's length. The question is replaced; other arguments stay. The other calls are part of the bill.
/// </summary>
internal sealed class ShuffledToolInvoker : IToolInvoker
{
    private const int MostDonors = 4;

    private readonly IToolInvoker _inner;
    private readonly IReadOnlyList<Question> _donors;

    /// <exception cref="ArgumentException">There are fewer than two donors with different texts.</exception>
    public ShuffledToolInvoker(IToolInvoker inner, IReadOnlyList<Question> donors)
    {
        if (donors.DistinctBy(d => d.Text).Count() < 2)
            throw new ArgumentException(
                "isolation=shuffled needs at least two donors with different texts, so that one differs from the question. Add some to "
                + "CognitiveToolsOptions.Donors.", nameof(donors));
        (_inner, _donors) = (inner, donors);
    }

    public async Task<CallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken = default)
    {
        var real = await _inner.InvokeAsync(call, cancellationToken);
        var asked = call.Tool.Parameters.FirstOrDefault(p => p.IsQuestion)?.Name;
        if (!real.HasOutput || real.Text.Length == 0 || asked is null)
            return real;

        var foreign = new StringBuilder();
        var usage = real.Usage;
        var others = _donors.Where(d => d.Text != call.Arguments.GetValueOrDefault(asked)).ToArray();
        for (var i = 0; i < MostDonors && foreign.Length < real.Text.Length; i++)
        {
            var donor = others[Seeds.Derive(call.Seed, i) % others.Length];
            var result = await _inner.InvokeAsync(
                call with { Arguments = new Dictionary<string, string>(call.Arguments, StringComparer.Ordinal) { [asked] = donor.Text } },
                    cancellationToken);
            usage += result.Usage;
            foreign.Append(foreign.Length > 0 ? "\n" : "").Append(result.Text);
        }

        var text = foreign.ToString(0, Math.Min(foreign.Length, real.Text.Length));
        return real with
        {
            Text = text,
            Usage = usage,
            Notes = [.. real.Notes, $"the output of other problems was handed over, {text.Length} of {real.Text.Length} characters"]
        };
    }
}
