using CognitiveTools.Cli.Configuration;
using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Tests.Configuration;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly SettingsFixture _places = new();

    /// <summary>Every setting with a value of its form.</summary>
    public static TheoryData<string, string> Settings
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var setting in SettingTable.All)
                data.Add(setting.HasParts ? setting.Key + ":0:Text" : setting.Key, ValueOf(setting));
            return data;
        }
    }

    public void Dispose() => _places.Dispose();

    [Theory]
    [MemberData(nameof(Settings))]
    public void Of_the_current_folder_only_harmless_settings_are_taken_and_any_other_is_named_with_its_place(string key, string value)
    {
        var setting = SettingTable.Find(key)!;
        SettingsFixture.Write(_places.Current, key, value);

        var settings = _places.Load();

        Assert.Null(settings.NativesDirectory);
        if (setting.Reach == SettingReach.Plain)
        {
            Assert.Equal(value, settings.Configuration[key]);
            Assert.Empty(settings.Warnings);
        }
        else
        {
            Assert.Empty(settings.Configuration.AsEnumerable());
            var warning = Assert.Single(settings.Warnings);
            Assert.StartsWith(
                $"{SettingsFixture.FileIn(_places.Current)}:1: {setting.Key} is not read from the current folder",
                warning,
                StringComparison.Ordinal);
            Assert.Contains(SettingsFixture.FileIn(_places.User), warning, StringComparison.Ordinal);
            Assert.Contains(setting.Variable, warning, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_users_places_may_set_whatever_the_program_reads(string key, string value)
    {
        var setting = SettingTable.Find(key)!;
        foreach (var place in (string[])["program", "user", "environment"])
        {
            using var places = new SettingsFixture();
            if (place == "environment")
                places.Variables[SettingTable.Prefix + key.Replace(":", "__", StringComparison.Ordinal)] = value;
            else
                SettingsFixture.Write(place == "user" ? places.User : places.Program, key, value);

            var settings = places.Load();

            if (setting.Reach == SettingReach.AppsOnly)
                Assert.Contains(setting.Meaning, Assert.Single(settings.Warnings), StringComparison.Ordinal);
            else
                Assert.Equal(value, setting.Key == SettingTable.Natives ? settings.NativesDirectory : settings.Configuration[key]);
        }
    }

    [Fact]
    public void A_folder_of_libraries_never_reaches_what_services_bind_from()
    {
        SettingsFixture.Write(_places.User, SettingTable.Natives, Path.GetFullPath("/mine"));
        var settings = _places.Load();
        Assert.Equal(Path.GetFullPath("/mine"), settings.NativesDirectory);
        Assert.Empty(settings.Configuration.AsEnumerable());
    }

    [Fact]
    public void Later_places_win_and_an_empty_text_is_the_default()
    {
        SettingsFixture.Write(
            _places.Program, """{ "Model": "tinyllama", "Llama": { "Threads": 1, "MaxSequences": 1, "GpuLayers": 1, "BatchSize": 1 } }""");
        SettingsFixture.Write(_places.User, """{ "Llama": { "Threads": 2, "MaxSequences": 2, "GpuLayers": 2 } }""");
        SettingsFixture.Write(_places.Current, """{ "Llama": { "Threads": 3, "MaxSequences": 3, "BatchSize": "" } }""");
        _places.Variables["COGTOOLS_LLAMA__THREADS"] = "4";
        var settings = _places.Load();
        Assert.Equal(("4", "3", "2", null, "tinyllama"), (
            settings.Configuration["Llama:Threads"],
            settings.Configuration["Llama:MaxSequences"],
            settings.Configuration["Llama:GpuLayers"],
            settings.Configuration["Llama:BatchSize"],
            settings.DefaultModel));
    }

    [Theory]
    [InlineData("models/own.gguf")]
    [InlineData("hf:owner/repo/file.gguf")]
    [InlineData("mini+lora=x.gguf")]
    [InlineData("/etc/passwd")]
    public void The_current_folder_cannot_choose_a_file_as_the_model(string model)
    {
        SettingsFixture.Write(_places.Current, "Model", model);
        var settings = _places.Load();
        Assert.Null(settings.Configuration["Model"]);
        Assert.Contains($"not '{model}'", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Modle": "mini" }""", 1, "Modle", "Did you mean Model?")]
    [InlineData("{\n  \"Llama\": {\n    \"MaxSequence\": 3\n  }\n}", 3, "Llama:MaxSequence", "Did you mean Llama:MaxSequences?")]
    [InlineData("{\n  // a comment\n  \"Threads\": 3,\n}", 3, "Threads", "Did you mean Llama:Threads?")]
    [InlineData("""{ "Whatever": { "Else": [1] } }""", 1, "Whatever:Else:0", "docs/settings.md")]
    public void An_unknown_setting_is_named_with_file_line_and_the_nearest_known_one(string json, int line, string key, string hint)
    {
        foreach (var folder in (string[])[_places.Program, _places.User, _places.Current])
        {
            SettingsFixture.Write(folder, json);
            var warning = Assert.Single(_places.Load().Warnings);
            Assert.StartsWith($"{SettingsFixture.FileIn(folder)}:{line}: there is no setting {key}.", warning, StringComparison.Ordinal);
            Assert.Contains(hint, warning, StringComparison.Ordinal);
            File.Delete(SettingsFixture.FileIn(folder));
        }
    }

    [Theory]
    [InlineData("COGTOOLS_Modle", "there is no setting Modle. Did you mean Model?")]
    [InlineData("COGTOOLS_Llama__Thread", "Did you mean Llama:Threads?")]
    [InlineData("COGTOOLS_Llama__Nope", "there is no setting Llama:Nope. docs/settings.md lists the settings.")]
    [InlineData("CognitiveTools__Profile", "Call it COGTOOLS_CognitiveTools__Profile.")]
    [InlineData("Llama__NativesDirectory", "Call it COGTOOLS_Llama__NativesDirectory.")]
    [InlineData("COGTOOLS_NATIVE", "Did you mean 'COGTOOLS_NATIVES'?")]
    [InlineData("COGNITIVETOOLS_NATIVES", "Call it COGTOOLS_NATIVES.")]
    [InlineData("COGTOOLS_OpenAI__ApiKey", "--endpoint-key-variable")]
    public void A_variable_without_effect_is_named_and_its_value_is_not(string name, string hint)
    {
        _places.Variables[name] = "a secret";
        var warning = Assert.Single(_places.Load().Warnings);
        Assert.Contains($"environment variable {name}", warning, StringComparison.Ordinal);
        Assert.Contains(hint, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_others_and_sections_of_hosts_are_passed_over()
    {
        string[] names =
            ["COGTOOLS_API_KEY", "COGTOOLS_DATA", "COGTOOLS_MY_TOKEN", "COGTOOLS_MODELS", "OpenAI__ApiKey", "PATH", "Model"];
        foreach (var name in names)
            _places.Variables[name] = "x";
        SettingsFixture.Write(
            _places.Current,
            """{ "Logging": { "LogLevel": { "Default": "Debug" } }, "AllowedHosts": "*", "ConnectionStrings": { "Main": "x" } }""");
        Assert.Empty(_places.Load().Warnings);
    }

    [Theory]
    [InlineData("Llama:Threads", "many", "it must be a whole number from 1 to 1024")]
    [InlineData("Llama:MaxSequences", "0", "it must be a whole number from 1 to 256")]
    [InlineData("Llama:MemoryMap", "maybe", "it must be true or false")]
    [InlineData("Llama:Variant", "gpu", "it must be auto or cpu or cuda or vulkan or metal")]
    [InlineData("Llama:LaneTimeout", "soon", "it must be a duration")]
    [InlineData("Llama:NativesDirectory", "natives", "it must be a full path")]
    [InlineData("CognitiveTools:ToolsFolder", "tools", "it must be a full path")]
    public void A_value_of_the_wrong_form_is_an_error_with_its_place(string key, string value, string problem)
    {
        SettingsFixture.Write(_places.User, key, value);
        var error = Assert.Throws<ArgumentException>(_places.Load);
        Assert.StartsWith(
            $"{SettingsFixture.FileIn(_places.User)}:1: {key} is '{value}'; {problem}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n \"Model\": \"mini\"\n \"Llama\": {} }", 3)]
    [InlineData("{\n \"Model\": ", 2)]
    [InlineData("nonsense", 1)]
    [InlineData("[1]", 1)]
    [InlineData("{} {}", 1)]
    [InlineData("{\n \"Model\": \"a\",\n \"model\": \"b\" }", 3)]
    public void A_broken_file_is_an_error_with_file_line_and_reason(string json, int line)
    {
        SettingsFixture.Write(_places.Current, json);
        var error = Assert.Throws<InvalidDataException>(_places.Load);
        Assert.StartsWith($"{SettingsFixture.FileIn(_places.Current)}:{line}:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_UTF8_and_a_giant_file_are_errors_and_an_empty_file_is_nothing()
    {
        var file = SettingsFixture.FileIn(_places.Current);
        File.WriteAllBytes(file, [.. "{\n\"Model\": \""u8, 0xFF, .. "\" }"u8]);
        Assert.StartsWith($"{file}:2: ", Assert.Throws<InvalidDataException>(_places.Load).Message, StringComparison.Ordinal);
        File.WriteAllText(file, new string(' ', 2_000_000));
        Assert.Contains("too many", Assert.Throws<InvalidDataException>(_places.Load).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "");
        Assert.Empty(_places.Load().Warnings);
    }

    [Fact]
    public void The_programs_own_folder_and_a_copy_of_its_file_are_not_foreign()
    {
        SettingsFixture.Write(_places.Program, SettingTable.Natives, Path.GetFullPath("/mine"));
        File.Copy(SettingsFixture.FileIn(_places.Program), SettingsFixture.FileIn(_places.Current));
        Assert.Empty(_places.Load().Warnings);
        var inside = SettingsLoader.Load(new SettingPlaces(_places.Program, _places.User, _places.Program, _places.Variables));
        Assert.Equal(Path.GetFullPath("/mine"), inside.NativesDirectory);
        Assert.Empty(inside.Warnings);
    }

    [Fact]
    public void Warnings_are_few_and_their_number_is_told()
    {
        var unknown = Enumerable.Range(0, 500).Select(static i => $"\"unknown{i}\": 1");
        SettingsFixture.Write(_places.Current, $"{{ {string.Join(", ", unknown)} }}");
        var warnings = _places.Load().Warnings;
        Assert.Equal(10, warnings.Count);
        Assert.StartsWith("491 more settings", warnings[^1], StringComparison.Ordinal);
    }

    private static string ValueOf(Setting setting) =>
        Samples.First(value => setting.Form.Fits(value) && (setting.Form != SettingForm.Text || value == "mini"));

    private static readonly string[] Samples =
        ["mini", "true", "16", "inprocess", "auto", "00:00:09", "max_tokens", "namespaces", "f16", "2026-11-28",
            Path.GetFullPath("/somewhere")];
}
