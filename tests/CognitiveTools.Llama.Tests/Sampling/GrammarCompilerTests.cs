using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Tests.Sampling;

/// <summary>Grammars are compiled one after the other, not on the callers' threads.</summary>
public sealed class GrammarCompilerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_given_up_while_it_waited_is_not_compiled()
    {
        await using var compiler = new GrammarCompiler();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        for (var i = 0; i < 200; i++) // more than there are places in the queue
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => compiler.CompileAsync("root ::= \"a\"", trigger: null, TestModels.Tiny.Tokenizer, gone.Token));
        using var constraint = await compiler.CompileAsync("root ::= \"a\"", trigger: null, TestModels.Tiny.Tokenizer, Token);

        Assert.Equal(1, compiler.Compiled);
    }

    [Fact]
    public async Task Many_callers_each_get_a_grammar_of_their_own()
    {
        await using var compiler = new GrammarCompiler();

        var constraints = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => compiler.CompileAsync($"root ::= \"{i}\"", trigger: null, TestModels.Tiny.Tokenizer, Token)));

        Assert.Equal(200, constraints.Distinct().Count());
        Assert.Equal(200, compiler.Compiled);
        foreach (var constraint in constraints)
            constraint.Dispose();
    }

    [Fact]
    public async Task A_grammar_that_cannot_be_parsed_fails_its_caller_alone()
    {
        await using var engine = TestModels.Engine();
        var broken = new GenerationOptions { Sampling = new() { Grammar = "root ::= (" } };
        var sound = new GenerationOptions { MaxTokens = 4, Sampling = new() { Grammar = "root ::= [0-9]+" } };

        await Assert.ThrowsAsync<ArgumentException>(() => engine.GenerateAsync(TestModels.Prompt(6), broken, Token));
        var answer = await engine.GenerateAsync(TestModels.Prompt(6), sound, Token);

        Assert.Matches("^[0-9]{1,4}$", answer.Text);
        Assert.Equal(2, engine.Grammars.Compiled);
    }

    [Fact]
    public async Task A_compiler_that_has_ended_says_so()
    {
        var compiler = new GrammarCompiler();
        await compiler.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => compiler.CompileAsync("root ::= \"a\"", trigger: null, TestModels.Tiny.Tokenizer, Token));
    }
}
