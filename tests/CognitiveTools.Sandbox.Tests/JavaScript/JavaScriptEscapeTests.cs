using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Tests.JavaScript;

/// <summary>Programs that try to get out of the interpreter, or to take more than they were given.</summary>
public sealed class JavaScriptEscapeTests
{
    [Theory]
    [InlineData("System")]
    [InlineData("importNamespace")]
    [InlineData("clr")]
    [InlineData("require")]
    [InlineData("process")]
    [InlineData("fetch")]
    [InlineData("XMLHttpRequest")]
    [InlineData("WebSocket")]
    [InlineData("setTimeout")]
    [InlineData("Deno")]
    [InlineData("SharedArrayBuffer")]
    [InlineData("Atomics")]
    public async Task The_host_is_not_among_the_globals(string name) =>
        Assert.Equal("undefined", await Script.Value($"typeof {name}"));

    [Fact]
    public Task The_CLR_is_not_reached_through_a_namespace() => Script.Fails("not defined", "System.IO.File.ReadAllText('/etc/passwd')");

    [Fact]
    public async Task The_print_function_is_no_door_to_its_type() =>
        Assert.Equal("undefined undefined", await Script.Value("`${typeof print.GetType} ${typeof print.Method}`"));

    [Theory]
    [InlineData("eval('1 + 1')")]
    [InlineData("(0, eval)('1 + 1')")]
    [InlineData("new Function('return 1')()")]
    [InlineData("[].constructor.constructor('return globalThis')()")]
    [InlineData("(async () => {}).constructor('return 1')()")]
    [InlineData("(function* () {}).constructor('yield 1')()")]
    [InlineData("print.constructor('return 1')()")]
    [InlineData("Reflect.construct(Function, ['return 1'])()")]
    public Task A_string_is_never_compiled(string code) => Script.Fails("compilation has been disabled", code);

    [Theory]
    [InlineData("import('fs')")]
    [InlineData("import('./x.js').then(m => m)")]
    public async Task A_module_is_never_loaded(string code)
    {
        var result = await Script.Run(code);

        Assert.True(result.Outcome == CodeOutcome.Failed, result.Describe());
    }

    [Fact]
    public async Task A_function_called_without_this_does_not_get_the_global_object() =>
        Assert.Equal("true", await Script.Value("(function () { return this === undefined })()"));

    [Fact]
    public async Task A_spoilt_prototype_does_not_reach_the_host()
    {
        var result = await Script.Run("""
            Object.prototype.toString = () => { throw 1 };
            Array.prototype.push = function () { this.length = 1e9 };
            Array.prototype[Symbol.iterator] = function* () { for (;;) yield 1 };
            String.prototype.toString = () => 7;
            Object.defineProperty(Error.prototype, 'name', { get() { for (;;) {} } });
            print({a: [1, 2]});
            """);

        Assert.True(result.Outcome is CodeOutcome.Completed or CodeOutcome.Failed or CodeOutcome.LimitHit, result.Describe());
        Assert.Equal("2", await Script.Value("1 + 1"));
    }

    [Theory]
    [InlineData("const e = new Error('x'); Object.defineProperty(e, 'name', { get() { for (;;) {} } }); throw e")]
    [InlineData("const e = new Error('x'); Object.defineProperty(e, 'name', { get() { throw 1 } }); throw e")]
    [InlineData("throw new Proxy({}, { get() { for (;;) {} } })")]
    [InlineData("throw null")]
    public async Task A_trap_in_the_thrown_value_does_not_catch_the_host(string code)
    {
        var result = await Script.Run(code);

        Assert.True(result.Outcome is CodeOutcome.Failed or CodeOutcome.LimitHit, result.Describe());
    }

    [Theory]
    [InlineData("({ get a() { for (;;) {} } })")]
    [InlineData("({ toString() { for (;;) {} }, [Symbol.toPrimitive]() { for (;;) {} }, get [Symbol.toStringTag]() { for (;;) {} } })")]
    public async Task A_trap_in_the_value_does_not_catch_the_host(string code)
    {
        var result = await Script.Run(code);

        Assert.True(result.Outcome is CodeOutcome.Completed or CodeOutcome.LimitHit, result.Describe());
    }

    [Fact]
    public async Task A_value_that_holds_itself_is_shown_in_part() =>
        Assert.Contains("{...}", await Script.Value("const a = {}; a.a = a; a"), StringComparison.Ordinal);

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;);")]
    [InlineData("do {} while (1)")]
    [InlineData("label: for (;;) { continue label }")]
    [InlineData("try { for (;;) {} } catch { for (;;) {} } finally { for (;;) {} }")]
    [InlineData("[3, 1, 2].sort(() => { for (;;) {} })")]
    [InlineData("function* g() { for (;;) yield 1 } for (const x of g()) {}")]
    [InlineData("({ valueOf() { for (;;) {} } }) + 1")]
    public Task An_endless_loop_ends_at_the_statement_limit(string code) => Script.HitsLimit(LimitNames.Statements, code);

    [Theory]
    [InlineData("for (;;) {}")]
    [InlineData("function f() { Promise.resolve().then(f) } f()")]
    [InlineData("async function f() { for (;;) await null } f()")]
    public Task An_endless_loop_ends_at_the_time_limit(string code) =>
        Script.HitsLimit(LimitNames.Time, code,
            new CodeLimits { Statements = int.MaxValue - 1, AllocatedBytes = 1L << 40, WallTime = TimeSpan.FromMilliseconds(300) });

    [Theory]
    [InlineData("function f() { return f() + 1 } f()")]
    [InlineData("const f = () => g(), g = () => f(); f()")]
    [InlineData("class A { constructor() { new A() } } new A()")]
    [InlineData("const o = { toString() { return '' + o } }; '' + o")]
    [InlineData("const p = new Proxy({}, { get(t, k, r) { return r[k] } }); p.x")]
    [InlineData("let o = { get a() { return this.a } }; o.a")]
    public Task Endless_recursion_ends_at_the_recursion_limit(string code) => Script.HitsLimit(LimitNames.Recursion, code);

    [Theory]
    [InlineData("'x'.repeat(500000000)")]
    [InlineData("'x'.padEnd(500000000)")]
    [InlineData("'x'.padStart(500000000, 'ab')")]
    [InlineData("new ArrayBuffer(2000000000)")]
    [InlineData("new ArrayBuffer(8, { maxByteLength: 2000000000 })")]
    [InlineData("new Float64Array(100000000)")]
    [InlineData("new Uint8Array({ length: 2000000000 })")]
    [InlineData("new (new Uint8Array(1).constructor)(2000000000)")]
    [InlineData("Uint8Array.from({ length: 2000000000 })")]
    [InlineData("new Array(1000000000).fill(0)")]
    [InlineData("Array.from({ length: 1e9 })")]
    [InlineData("let a = [1]; for (;;) a = a.concat(a)")]
    [InlineData("const a = []; for (;;) a.push('x'.repeat(100000) + a.length)")]
    [InlineData("let s = 'x'; for (;;) s = (s + s).slice(0) + '!'")]
    public Task An_allocation_bomb_ends_at_the_memory_limit(string code) => Script.HitsLimit(LimitNames.Memory, code);

    [Fact]
    public Task A_giant_power_is_an_error() => Script.Fails("BigInt", "2n ** 10000000000n");

    [Fact]
    public Task A_backtracking_bomb_ends_at_the_regex_limit() => Script.HitsLimit(LimitNames.Regex, "/(a+)+$/.test('a'.repeat(40) + 'b')");

    [Fact]
    public Task An_output_flood_ends_at_the_output_limit() => Script.HitsLimit(LimitNames.Output, "for (;;) print('flood')");

    [Fact]
    public async Task A_limit_cannot_be_caught_by_the_program()
    {
        var result = await Script.Run("try { for (;;) {} } catch { print('caught') }");

        Assert.Equal(CodeOutcome.LimitHit, result.Outcome);
        Assert.Empty(result.Output);
    }

    [Fact]
    public Task A_huge_source_is_not_parsed() => Script.HitsLimit(LimitNames.Source, new string(' ', 200_000));

    [Theory]
    [InlineData('[', ']')]
    [InlineData('(', ')')]
    [InlineData('{', '}')]
    public async Task Deep_nesting_of_the_source_does_not_end_the_host(char open, char close)
    {
        var result = await Script.Run(new string(open, 45_000) + (open == '{' ? "" : "1") + new string(close, 45_000));

        Assert.True(Enum.IsDefined(result.Outcome));
        Assert.Equal("2", await Script.Value("1 + 1"));
    }

    [Fact]
    public async Task A_null_byte_in_the_source_is_an_error()
    {
        var result = await Script.Run("1 +\0 1");

        Assert.Equal(CodeOutcome.Failed, result.Outcome);
    }

    [Fact]
    public async Task A_null_byte_in_a_string_is_data() => Assert.Equal("3", await Script.Value("'a\\0b'.length"));

    [Theory]
    [InlineData("BigInt('7'.repeat(200000))")]
    [InlineData("BigInt({ toString: () => '7'.repeat(200000) })")]
    [InlineData("BigInt(['7'.repeat(200000)])")]
    [InlineData("BigInt.asUintN(1000000000, -1n)")]
    [InlineData("new (class extends Array {})().constructor; Object.getPrototypeOf(1n).constructor('7'.repeat(200000))")]
    public Task A_giant_whole_number_is_not_read_from_a_text(string code) => Script.HitsLimit(LimitNames.Memory, code);

    [Fact]
    public async Task Whole_numbers_of_ordinary_size_are_read_as_ever() =>
        Assert.Equal("[42, 255, 1267650600228229401496703205376, true]",
            await Script.Value(
            "[BigInt('42'), BigInt(' 0xff '), BigInt(2) ** BigInt('100'), 1n instanceof BigInt === false && BigInt.asUintN(8, 257n) === "
            + "1n]"));
}
