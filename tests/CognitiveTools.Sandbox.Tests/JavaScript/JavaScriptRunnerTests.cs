using CognitiveTools.Code;
using CognitiveTools.Sandbox.JavaScript;
using CsCheck;

namespace CognitiveTools.Sandbox.Tests.JavaScript;

public sealed class JavaScriptRunnerTests
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("2n ** 100n", "1267650600228229401496703205376")]
    [InlineData("let c = 0; for (let n = 1; n < 1000; n++) if (n % 7 === 0) c += n; c", "71071")]
    [InlineData("[1, 'two', [3n]]", "[1, 'two', [3]]")]
    [InlineData("({a: 1, b: {c: null}})", "{a: 1, b: {c: null}}")]
    [InlineData("new Set([1, 2])", "Set {1, 2}")]
    [InlineData("new Map([['a', 1]])", "Map {'a' => 1}")]
    [InlineData("new Uint8Array([1, 2, 300])", "[1, 2, 44]")]
    [InlineData("'ab'.repeat(2).padStart(6, 'xy') + 'z'.padEnd(3)", "xyababz  ")]
    [InlineData("async function f() { await null; return 5 } f()", "5")]
    [InlineData("new Promise(() => {})", "Promise (pending)")]
    [InlineData("'a\"b`c'", "a\"b`c")]
    [InlineData("undefined", null)]
    [InlineData("", null)]
    public async Task The_last_expression_is_the_value(string code, string? value) =>
        Assert.Equal(value, await Script.Value(code));

    [Fact]
    public async Task What_is_printed_is_the_output()
    {
        var result = await Script.Run("print('x', 1, [2]); console.log({a: 3n}); console.error('e'); undefined");

        Assert.Equal("x 1 [2]\n{a: 3}\ne\n", result.Output);
        Assert.False(result.OutputCut);
        Assert.Equal(SandboxLevel.Language, result.Level);
        Assert.Equal("x 1 [2]\n{a: 3}\ne", result.Describe());
    }

    [Theory]
    [InlineData("let a = 1;\nlet b = a.x.y;", 2, "TypeError")]
    [InlineData("\n\nnope()", 3, "ReferenceError")]
    [InlineData("let a = 1;\nlet = = 2", 2, "")]
    [InlineData("function f() {\n  throw new RangeError('mine')\n}\nf()", 2, "RangeError: mine")]
    public async Task An_error_names_its_line(string code, int line, string reason)
    {
        var result = await Script.Run(code);

        Assert.Equal(CodeOutcome.Failed, result.Outcome);
        Assert.Equal(line, result.Line);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.StartsWith($"Error on line {line}: ", result.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_promise_is_an_error()
    {
        var result = await Script.Run("async function main() { null.x } main()");

        Assert.Equal(CodeOutcome.Failed, result.Outcome);
        Assert.StartsWith("A promise was rejected: TypeError: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_before_an_error_is_kept()
    {
        var result = await Script.Run("print('before'); throw new Error('after')");

        Assert.Equal("before\n", result.Output);
        Assert.Equal("Error: after", result.Reason);
    }

    [Fact]
    public async Task A_cut_of_the_output_is_visible()
    {
        var result = await Script.Run("print('x'.repeat(1500))");

        Assert.Equal(CodeOutcome.Completed, result.Outcome);
        Assert.True(result.OutputCut);
        Assert.EndsWith("[output cut: 1000 of at least 1501 characters shown]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_of_the_value_is_visible()
    {
        var result = await Script.Run("'x'.repeat(1500)");

        Assert.True(result.OutputCut);
        Assert.EndsWith("[output cut: 1000 of at least 1500 characters shown]", result.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_survives_from_one_run_to_the_next()
    {
        var runner = new JavaScriptRunner();
        await runner.RunAsync("globalThis.left = 1; Array.prototype.left = 2; Object.prototype.left = 3", Script.Small,
            TestContext.Current.CancellationToken);

        var second = await runner.RunAsync("[typeof left, typeof [].left, typeof ({}).left].join()", Script.Small,
            TestContext.Current.CancellationToken);

        Assert.Equal("undefined,undefined,undefined", second.Value);
    }

    [Fact]
    public async Task A_long_search_over_numbers_fits_the_defaults()
    {
        var result = await Script.Run(
            "let c = 0; for (let a = 1; a < 700; a++) for (let b = a; b < 700; b++) { const r = Math.sqrt(a * a + b * b); if "
            + "(Number.isInteger(r)) c++; } c", CodeLimits.Default);

        Assert.Equal("677", result.Value);
    }

    [Fact]
    public async Task The_callers_cancellation_stops_the_program_and_is_thrown()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = new JavaScriptRunner().RunAsync("for (;;) {}", new CodeLimits { Statements = int.MaxValue - 1 }, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void No_text_throws() =>
        Gen.String.Sample(
            code => Assert.True(Enum.IsDefined(Script.Run(code).AsTask().GetAwaiter().GetResult().Outcome)),
            iter: 200, seed: "0N0XIzNsQ0O2");
}
