using System.CommandLine;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Cli.Tests;

public sealed class CommandGuardTests
{
    // What the toolkit throws itself: every exception type that a caller can catch by name.
    public static TheoryData<string> Own =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "CognitiveTools*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.Contains("Test", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(System.Reflection.Assembly.Load)
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract)
            .Select(type => type.AssemblyQualifiedName!).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Own))]
    public void An_exception_of_the_toolkit_is_a_message_and_not_a_stack(string type) =>
        Assert.True(CommandGuard.IsForTheUser((Exception)RuntimeHelpers.GetUninitializedObject(Type.GetType(type, throwOnError: true)!)));

    [Fact]
    public void An_error_that_settings_files_programs_or_the_network_can_cause_is_a_message()
    {
        Exception[] caused =
        [
            new OptionsValidationException("CognitiveTools", typeof(object), ["Profile: there is no profile 'x'."]),
            new ValidationException("Threads must be 1 to 1024."), new YamlDotNet.Core.YamlException("bad indentation"),
            new UnauthorizedAccessException(), new Win32Exception(2), new BadImageFormatException(), new EntryPointNotFoundException(),
            new TaskCanceledException("", new TimeoutException()),
            new AggregateException(new IOException(), new HttpRequestException()),
        ];

        Assert.All(caused, e => Assert.True(CommandGuard.IsForTheUser(e), e.GetType().Name));
    }

    [Fact]
    public void A_fault_of_the_program_keeps_its_stack()
    {
        Exception[] bugs =
        [
            new InvalidCastException(), new KeyNotFoundException(), new DivideByZeroException(),
            new AggregateException(new IOException(), new InvalidCastException()), new OperationCanceledException(),
        ];

        Assert.All(bugs, e => Assert.False(CommandGuard.IsForTheUser(e), e.GetType().Name));
    }

    // The library's own 2 s are less than one step of a large model, and what ends by force says nothing.
    [Fact]
    public async Task A_command_that_is_told_to_end_has_time_for_a_step_of_a_large_model()
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = output };
        await CogtoolsCommand.RunAsync(["--version"], configuration, TestContext.Current.CancellationToken);
        Assert.True(configuration.ProcessTerminationTimeout >= TimeSpan.FromSeconds(30));
    }
}
