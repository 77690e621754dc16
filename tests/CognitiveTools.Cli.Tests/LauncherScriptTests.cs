using System.Diagnostics;
using CognitiveTools.Programs;

namespace CognitiveTools.Cli.Tests;

/// <summary>The script <c>cogtools</c> in a checkout of its own, with a <c>dotnet</c> that writes down what it is asked to do.</summary>
public sealed class LauncherScriptTests : IDisposable
{
    private const string Source = "src/CognitiveTools.Cli/Source.cs", Output = "src/CognitiveTools.Cli/bin/Release/net10.0";

    private static readonly DateTime Old = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-launcher-");

    public LauncherScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for Unix shells; run it on Linux or macOS.");
        foreach (var file in (string[])[Source, "appsettings.json", "natives/README.md", "prompts/README.md", "Directory.Build.props"])
            Write(file, "");
        Write("dotnet", $"#!/bin/sh\necho \"$@\" >> \"{_folder.FullName}/log\"\n[ \"$1\" != build ] || {{ [ ! -f \"{_folder.FullName}/fails\" ] || {{ echo the reason; exit 1; }}; mkdir -p \"{_folder.FullName}/{Output}/runtimes/linux-x64\"; touch \"{_folder.FullName}/{Output}/cogtools.dll\" \"{_folder.FullName}/{Output}/runtimes/linux-x64/libllama.so\"; }}\n");
        File.Copy(Path.Combine(Root(), "cogtools"), Full("cogtools"));
        foreach (var script in (string[])["dotnet", "cogtools"])
            Allow(script, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_run_builds_and_later_ones_only_run()
    {
        var first = await RunAsync(["ask", "what is this?"]);
        var second = await RunAsync(["list"]);
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(["build", "run ask what is this?", "run list"], Log());
        Assert.Contains("building", first.Error, StringComparison.Ordinal);
        Assert.Empty(second.Error);
    }

    [Theory]
    [InlineData(Source)]
    [InlineData("appsettings.json")]
    [InlineData("natives/README.md")]
    public async Task A_changed_file_builds_again(string file)
    {
        await RunAsync([]);
        File.SetLastWriteTimeUtc(Full(Output + "/cogtools.dll"), Old.AddDays(1));
        Assert.Equal(0, (await RunAsync([])).ExitCode);
        File.SetLastWriteTimeUtc(Full(Output + "/cogtools.dll"), Old.AddDays(1));
        File.SetLastWriteTimeUtc(Full(file), Old.AddDays(2));
        await RunAsync([]);
        Assert.Equal(["build", "run", "run", "build", "run"], Log().Select(static line => line.TrimEnd()));
    }

    [Fact]
    public async Task Deleted_libraries_build_again_unless_none_are_wanted()
    {
        await RunAsync([]);
        Directory.Delete(Full(Output + "/runtimes"), recursive: true);
        await RunAsync([]);
        Directory.Delete(Full(Output + "/runtimes"), recursive: true);
        await RunAsync([], ("COGTOOLS_NATIVES", "/mine"));
        Assert.Equal(["build", "run", "build", "run", "run"], Log().Select(static line => line.TrimEnd()));
    }

    [Fact]
    public async Task Arguments_for_the_build_are_passed_and_hold_until_others_are_given()
    {
        await RunAsync([], ("COGTOOLS_BUILD_ARGS", "-p:CognitiveToolsBackend=Cuda12 -p:X=1"));
        File.Delete(Full(Output + "/cogtools.dll"));
        await RunAsync([]);
        await RunAsync([], ("COGTOOLS_BUILD_ARGS", ""));
        Assert.Equal(["build -p:CognitiveToolsBackend=Cuda12 -p:X=1", "run", "build -p:CognitiveToolsBackend=Cuda12 -p:X=1", "run", "build", "run"], Log().Select(static line => line.TrimEnd()));
    }

    [Fact]
    public async Task A_failed_build_shows_its_output_and_runs_nothing()
    {
        Write("fails", "");
        var run = await RunAsync([]);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("the reason", run.Error, StringComparison.Ordinal);
        Assert.Equal(["build"], Log());
    }

    [Fact]
    public async Task A_checkout_that_cannot_be_written_to_runs_the_build_that_is_there_and_leaves_nothing_in_it()
    {
        await RunAsync([]);
        File.SetLastWriteTimeUtc(Full(Source), DateTime.MaxValue.AddYears(-7000));
        var before = Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Length;
        var run = await RunAsync(["list"], readOnly: true);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("cannot be written to; its build is used", run.Error, StringComparison.Ordinal);
        Assert.Equal(["build", "run", "run list"], Log().Select(static line => line.TrimEnd()));
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Without_a_build_such_a_checkout_says_what_to_do()
    {
        var run = await RunAsync([], readOnly: true);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("Run cogtools once as its owner", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_laboratory_s_program_is_built_from_its_own_project_and_passes_nothing_on_to_programs_that_it_starts()
    {
        Write("lab/coglab/Program.cs", "");
        Write("lab/coglab/bin/Release/net10.0/coglab.deps.json", "");
        var run = await RunAsync(["bench"], ("COGTOOLS_PROJECT", "lab/coglab"));
        Assert.Contains("coglab: building", run.Error, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(Full("log"), TestContext.Current.CancellationToken);
        Assert.StartsWith($"build {Full("lab/coglab")} -c Release", lines[0], StringComparison.Ordinal);
        Assert.Equal([$"{Full("lab/coglab/bin/Release/net10.0/coglab.dll")} bench"], lines[1..]);
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "cogtools.cmd")))
                return folder.FullName;
        }

        throw new FileNotFoundException("The script cogtools is in no parent folder; run the tests from a checkout.");
    }

    private string Full(string file) => Path.Combine(_folder.FullName, file);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!);
        File.WriteAllText(Full(file), text);
        File.SetLastWriteTimeUtc(Full(file), Old);
    }

    private void Allow(string entry, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Full(entry), mode);
    }

    // "build" with the arguments that are not the script's own, "run" with the program's.
    private string[] Log() => [.. (File.Exists(Full("log")) ? File.ReadAllLines(Full("log")) : []).Select(line =>
        line.StartsWith("build", StringComparison.Ordinal) ? ("build " + line[(line.IndexOf("-nologo", StringComparison.Ordinal) + 7)..].Trim()).TrimEnd() : "run " + line[(line.IndexOf("cogtools.dll", StringComparison.Ordinal) + 12)..].Trim())];

    private Task<CommandRun> RunAsync(string[] arguments, params (string Name, string Value)[] variables) => RunAsync(arguments, readOnly: false, variables);

    private async Task<CommandRun> RunAsync(string[] arguments, bool readOnly, params (string Name, string Value)[] variables)
    {
        string[] command = ["/bin/sh", Full("cogtools"), .. arguments];
        if (readOnly)
        {
            // Root may write everywhere, so another account is used, for which everything is open to read.
            foreach (var entry in Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Append(_folder.FullName).Where(static entry => Directory.Exists(entry)))
                Allow(entry, (UnixFileMode)Convert.ToInt32(Environment.IsPrivilegedProcess ? "755" : "555", 8));
            Write("log", File.Exists(Full("log")) ? await File.ReadAllTextAsync(Full("log"), TestContext.Current.CancellationToken) : "");
            Allow("log", (UnixFileMode)Convert.ToInt32("666", 8));
            if (Environment.IsPrivilegedProcess)
            {
                Assert.SkipWhen(ProgramPath.Find("setpriv") is null, "Root may write everywhere, and setpriv, which changes the account, is not here; run it as another user.");
                command = [ProgramPath.Find("setpriv")!, "--reuid", "65534", "--regid", "65534", "--clear-groups", .. command];
            }
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:/usr/bin:/bin";
        start.Environment.Remove("COGTOOLS_BUILD_ARGS");
        start.Environment.Remove("COGTOOLS_NATIVES");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        foreach (var entry in readOnly ? Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Append(_folder.FullName).Where(static entry => Directory.Exists(entry)) : [])
            Allow(entry, (UnixFileMode)Convert.ToInt32("755", 8));
        return new(process.ExitCode, await output, error);
    }
}
