using System.Diagnostics;
using System.Text.Json;
using CognitiveTools.Cli.Configuration;

namespace CognitiveTools.Cli.Tests.Configuration;

/// <summary>Commands in a folder that somebody else wrote, in processes of their own: nothing of it is loaded or run.</summary>
public sealed class ForeignFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-foreign-");
    private readonly TinyFiles _files = new();

    public ForeignFolderTests()
    {
        // Whatever is loaded or run from here leaves the file "ran", or is named in an error.
        var libraries = _folder.CreateSubdirectory("libraries");
        foreach (var name in (string[])["libllama.so", "libggml.so", "libggml-base.so", "libggml-cpu-x64.so"])
            File.WriteAllText(Path.Combine(libraries.FullName, name), "no library");
        foreach (var program in (string[])["npm", "node", "python3", "bwrap", "unshare", "setpriv", "dotnet", "git", "llama-batched-bench"])
        {
            var path = Path.Combine(_folder.FullName, program);
            File.WriteAllText(path, $"#!/bin/sh\necho {program} >> \"{_folder.FullName}/ran\"\nexit 1\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var profile in (string[])["default", "mini"]) // the names of embedded prompts
            _folder.CreateSubdirectory(profile);
        var sections = SettingTable.All
            .Where(static setting => setting.Reach != SettingReach.Plain && !setting.HasParts)
            .GroupBy(static setting => setting.Key.Split(':')[0], static setting => setting.Key.Split(':')[1], StringComparer.Ordinal)
            .ToDictionary(static section => section.Key, section => section.ToDictionary(static key => key, _ => libraries.FullName));
        File.WriteAllText(Path.Combine(_folder.FullName, SettingPlaces.FileName), JsonSerializer.Serialize(sections));
    }

    public void Dispose()
    {
        _files.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("ask")]
    [InlineData("mcp")]
    [InlineData("serve")]
    [InlineData("natives list")]
    [InlineData("models get")]
    public async Task No_command_loads_or_runs_anything_of_it_and_the_settings_that_would_are_named(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of the foreign folder are shell scripts; run it on Linux or macOS.");
        string[] model = ["-m", _files.Model, "--threads", "1"];
        var run = await CogtoolsAsync(command switch
        {
            "ask" => ["ask", "What is 2 + 2?", "-r", "tools:code=on", "--max-tokens", "4", .. model],
            "serve" => ["serve", "--port", "0", .. model],
            "natives list" => ["natives", "list"],
            "models get" => ["models", "get", "tinyllama"],
            _ => [command, .. model],
        });

        var ran = Path.Combine(_folder.FullName, "ran");
        Assert.False(File.Exists(ran), File.Exists(ran) ? await File.ReadAllTextAsync(ran, TestContext.Current.CancellationToken) : "");
        if (command == "models get")
            return; // it reads no settings
        Assert.Contains($"{SettingTable.Natives} is not read from the current folder", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be loaded", run.Output + run.Error, StringComparison.Ordinal);
        var works = command switch
        {
            "doctor" => "All checks passed.",
            "serve" => "http://127.0.0.1:",
            "mcp" => "serving",
            "ask" => "positions",
            _ => "In use: llama.cpp",
        };
        Assert.Contains(works, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_settings_file_ends_a_command_with_exit_code_2_file_and_line()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, SettingPlaces.FileName), "{\n  \"Model\": mini\n}", TestContext.Current.CancellationToken);
        var run = await CogtoolsAsync(["ask", "x"]);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"{SettingPlaces.FileName}:2:12: not valid JSON", run.Error, StringComparison.Ordinal);
    }

    // A store of its own, so that `models get` has something to fetch; no npm on the path, so that it fetches nothing.
    private async Task<CommandRun> CogtoolsAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : DotnetPath(),
            [typeof(CogtoolsCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["COGTOOLS_MODELS"] = _files.PathOf("store");
        start.Environment["PATH"] = "/no-programs-here";
        using var process = Process.Start(start)!;
        process.StandardInput.Close(); // ends mcp
        var token = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(token);
        var output = "";
        if (arguments[0] == "serve")
        {
            output = await process.StandardOutput.ReadLineAsync(token) ?? "";
            process.Kill();
        }

        output += await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new(process.ExitCode, output, await errors);
    }

    private static string DotnetPath() =>
        Programs.ProgramPath.Find("dotnet") ?? throw new InvalidOperationException("dotnet is not on the PATH.");
}
