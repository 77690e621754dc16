using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>
/// A problem with parameters: text, the values its parameters may take, and a function that knows the exact answer.
/// Every template generalises one problem of <c>evals/problems/originals.jsonl</c>.
/// </summary>
internal sealed partial class ProblemTemplate
{
    private readonly Func<TemplateArguments, int?> _answer;
    private readonly Func<TemplateArguments, int>[] _derived;
    private readonly string[] _names;
    private readonly Lazy<List<TemplateInstance>> _admissible;

    internal ProblemTemplate(
        string id,
        string originalId,
        string topic,
        string text,
        TemplateParameter[] parameters,
        int[] original,
        Func<TemplateArguments, int?> answer,
        params (string Name, Func<TemplateArguments, int> Value)[] derived)
    {
        Id = id;
        OriginalId = originalId;
        Topic = topic;
        Text = text;
        Parameters = parameters;
        _answer = answer;
        _derived = [.. derived.Select(number => number.Value)];
        _names = [.. parameters.Select(parameter => parameter.Name), .. derived.Select(number => number.Name)];
        Original = Fill(original) ?? throw new InvalidOperationException($"Template '{id}' has no answer for its own original.");
        _admissible = new(Enumerate);
    }

    /// <summary>Stable name, unique in the catalog.</summary>
    public string Id { get; }

    /// <summary>Id of the problem in <c>evals/problems/originals.jsonl</c> that the original instance is, letter for letter.</summary>
    public string OriginalId { get; }

    /// <summary>Topic, in the words of the originals.</summary>
    public string Topic { get; }

    /// <summary>The text with its parameters as <c>&lt;name&gt;</c>.</summary>
    public string Text { get; }

    /// <summary>The parameters, in the order of their values.</summary>
    public IReadOnlyList<TemplateParameter> Parameters { get; }

    /// <summary>The published problem.</summary>
    public TemplateInstance Original { get; }

    /// <summary>Every sensible choice of arguments with an answer from 0 to 999, the original included, in a fixed order.</summary>
    public IReadOnlyList<TemplateInstance> Admissible => _admissible.Value;

    /// <summary>The original and a variant of it that the seed decides, the same on every platform.</summary>
    /// <param name="seed">Any value. Different seeds may give the same variant: the choices are finite.</param>
    public TemplatePair Instance(ulong seed)
    {
        var random = SeededRandom.For(seed, Id);
        while (true)
        {
            // Answers that a memory of the original would get right are passed over; the tests see to it that others abound.
            var variant = random.Pick(Admissible);
            if (variant.Answer != Original.Answer)
                return new(Original, variant);
        }
    }

    private List<TemplateInstance> Enumerate()
    {
        var found = new List<TemplateInstance>();
        var at = new int[Parameters.Count];
        while (true)
        {
            if (Fill([.. Parameters.Select((parameter, i) => parameter.Values[at[i]])]) is { } instance)
                found.Add(instance);
            var last = at.Length - 1;
            while (last >= 0 && ++at[last] == Parameters[last].Values.Count)
                at[last--] = 0;
            if (last < 0)
                return found;
        }
    }

    private TemplateInstance? Fill(int[] values)
    {
        // A derived number may use the parameters and the derived numbers before it, which are in place by then.
        int[] all = [.. values, .. new int[_derived.Length]];
        var arguments = new TemplateArguments(_names, all);
        for (var i = 0; i < _derived.Length; i++)
            all[values.Length + i] = _derived[i](arguments);
        return _answer(arguments) is { } answer and >= 0 and <= 999 ? new(Id, arguments, Render(arguments), answer) : null;
    }

    private string Render(TemplateArguments arguments) => Placeholder().Replace(Text, match =>
    {
        var shift = match.Groups["shift"].Value;
        var value = arguments[match.Groups["name"].Value] + (shift.Length == 0 ? 0 : int.Parse(shift, CultureInfo.InvariantCulture));
        return value.ToString(CultureInfo.InvariantCulture);
    });

    [GeneratedRegex("<(?<name>[a-z]+)(?<shift>[+-][0-9]+)?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
