using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

public class HuggingFaceLoginTests
{
    [Theory]
    [InlineData("HF_TOKEN,HF_TOKEN_PATH,HF_HOME,XDG_CACHE_HOME,home", "variable")]
    [InlineData("HUGGING_FACE_HUB_TOKEN,HF_TOKEN_PATH,HF_HOME,XDG_CACHE_HOME,home", "former")]
    [InlineData("HF_TOKEN_PATH,HF_HOME,XDG_CACHE_HOME,home", "path")]
    [InlineData("HF_HOME,XDG_CACHE_HOME,home", "hf-home")]
    [InlineData("XDG_CACHE_HOME,home", "xdg")]
    [InlineData("home", "home")]
    [InlineData("", null)]
    public void The_token_is_found_where_hugging_faces_own_programs_keep_it(string places, string? expected)
    {
        using var folder = new TemporaryFolder();
        var set = places.Split(',');
        Write(folder.File("path"), "path\n");
        Write(folder.File("hf/token"), " hf-home ");
        Write(folder.File("xdg/huggingface/token"), "xdg\r\n");
        if (set.Contains("home"))
            Write(folder.File("home/.cache/huggingface/token"), "home");
        var variables = new Dictionary<string, string?>
        {
            ["HF_TOKEN"] = "variable",
            ["HUGGING_FACE_HUB_TOKEN"] = "former",
            ["HF_TOKEN_PATH"] = folder.File("path"),
            ["HF_HOME"] = folder.File("hf"),
            ["XDG_CACHE_HOME"] = folder.File("xdg"),
        };

        var login = HuggingFaceLogin.Find(name => set.Contains(name) ? variables.GetValueOrDefault(name) : null, folder.File("home"));

        Assert.Equal(expected, login?.Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void An_empty_token_is_none(string content)
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("token"), content);

        Assert.Null(HuggingFaceLogin.Find(
            name => name switch { "HF_TOKEN" => content, "HF_TOKEN_PATH" => folder.File("token"), _ => null }, home: ""));
    }

    [Theory]
    [InlineData("HF_TOKEN_PATH", "~/mine/token")]
    [InlineData("HF_HOME", "~/mine")]
    [InlineData("HF_HOME", "~/mine/")]
    public void A_path_of_the_users_folder_is_read_though_no_shell_has_expanded_it(string variable, string path)
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("mine/token"), "stored");

        Assert.Equal("stored", HuggingFaceLogin.Find(name => name == variable ? path : null, folder.Path)?.Token);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read_and_a_folder_in_its_place_is_none()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("token"), "stored", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Directory.CreateDirectory(folder.File("hf/token"));

        Assert.Equal("stored", HuggingFaceLogin.Find(name => name == "HF_TOKEN_PATH" ? folder.File("token") : null, "")?.Token);
        Assert.Null(HuggingFaceLogin.Find(name => name == "HF_HOME" ? folder.File("hf") : null, ""));
    }

    [Fact]
    public void A_file_that_is_no_token_is_named()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("token"), "not a token");

        var error = Assert.Throws<InvalidDataException>(() =>
            HuggingFaceLogin.Find(name => name == "HF_TOKEN_PATH" ? folder.File("token") : null, ""));

        Assert.Contains(folder.File("token"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_file_whose_token_gives_no_access()
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(_ => HttpReply.Of(System.Net.HttpStatusCode.Forbidden));
        var options = DownloadFixture.Options(hub) with { Login = new("secret", "/home/me/token") };

        var error = (await fixture.GetAsync("hf:maker/tiny", options)).Error;

        Assert.Contains("The token in /home/me/token gives no access", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.Equal("Bearer secret", Assert.Single(hub.Calls).Header("Authorization"));
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
