using System.Text.Json;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Tests.Sampling;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>
/// Random calls, rendered by a template, are what its grammar allows and what the reader reads back, whole and in pieces of a stream.
/// </summary>
public sealed class CallRoundTripTests
{
    private const int Seeds = 40;

    // Beside the template's own: tokens that llama.cpp knows as ends of turns.
    private static readonly string[] KnownEnds = ["<|call|>", "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<turn|>", "<end_of_turn>"];

    public static TheoryData<string> Families => [.. CallTemplates.Forms.Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public void Calls_of_each_family_are_read_back_and_allowed(string family)
    {
        var template = CallTemplates.Parse(CallTemplates.Of(CallTemplates.Forms[family]));
        var form = CallSyntaxFinder.Find(template, CallTemplates.Ends);
        Assert.Null(form.Problem);
        Assert.Equal(Seeds, Check(template, form, CallTemplates.Ends, checksGrammar: true));
    }

    [Fact]
    public void Calls_of_real_templates_are_read_back_or_the_functions_are_described_with_a_reason()
    {
        var folder = RealTemplates.Require();
        var own = new List<string>();
        foreach (var (name, template, _, _) in RealTemplates.All(folder).DistinctBy(static t => t.Name))
        {
            var end = template.GetProperty("eos").GetString()!;
            var parsed = CallTemplates.Parse(template.GetProperty("template").GetString()!, end);
            string[] ends = [end, .. KnownEnds];
            var form = CallSyntaxFinder.Find(parsed, ends);
            TestContext.Current.SendDiagnosticMessage(
                "{0}: {1}", name, form.Problem ?? $"{form.Syntax.Open}...{form.Syntax.Join ?? "(one call)"}".ReplaceLineEndings("\\n"));
            if (form.Problem is null)
                own.Add(name);
            else
                Assert.NotEmpty(form.Problem);
            if (form.Syntax != CallSyntax.Generic)
                Check(parsed, form, ends, checksGrammar: false, name);
        }

        Assert.True(own.Count >= 30, string.Join(", ", own));
    }

    private static int Check(ChatTemplate template, CallForm form, string[] ends, bool checksGrammar, string name = "")
    {
        var kinds = form.Syntax.Arguments is PairArguments pairs
            ? pairs.Values.Aggregate(ValueKinds.None, static (all, value) => all | value.Kind)
            : ValueKinds.All;
        var isPython = form.Syntax.Arguments is PairArguments { Values: var values }
            && values.Any(static value => value is { Kind: ValueKinds.Array, Spelling: ValueSpelling.Python });
        var count = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new RandomCalls(seed, kinds);
            var functions = random.Functions();
            var calls = random.Calls(functions, form.Syntax.Join is null ? 1 : 3);
            var turn = CallTemplates.Samples(template, form.IsDescribed ? [] : functions, ends).Turn(calls);
            Assert.True(turn is not null, $"{name}, seed {seed}: refused");
            Assert.Equal(Written(calls), $"{Written(Read(form.Syntax, functions, [turn]))}");
            Assert.Equal(Written(calls), Written(Read(form.Syntax, functions, turn.Select(static c => c.ToString()))));
            // The grammar writes lists and objects as JSON where a template prints them as Python does.
            if (checksGrammar && !(isPython && calls.Any(static call => call.Arguments!.Values.Any(static value =>
                ((JsonElement)value!).ValueKind is JsonValueKind.Object or JsonValueKind.Array))))
            {
                var grammar = FunctionGrammar.Write(form.Syntax, functions, isSingle: false);
                Assert.True(GrammarReader.Accepts(grammar, turn), $"{name}, seed {seed}:\n{turn}\n{grammar}");
                Assert.False(GrammarReader.Accepts(grammar, turn[..^1]), $"{name}, seed {seed}: cut");
            }

            count++;
        }

        return count;
    }

    private static IReadOnlyList<FunctionCallContent> Read(
        CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions, IEnumerable<string> pieces)
    {
        var reader = new CallReader(syntax, functions, begun: "", callsBefore: 0);
        foreach (var piece in pieces)
            reader.Add(piece);
        var (_, calls, behind) = reader.Finish(isCut: false);
        Assert.Equal("", behind);
        return calls;
    }

    // Arguments in the order of their names: some templates sort them.
    private static string Written(IEnumerable<FunctionCallContent> calls) => string.Join("\n", calls.Select(static call =>
        $"{call.Name}({string.Join(", ", call.Arguments!.OrderBy(static a => a.Key, StringComparer.Ordinal).Select(static a =>
            $"{a.Key}={JsonSerializer.Serialize(JsonSerializer.SerializeToElement(a.Value))}"))})"));
}
