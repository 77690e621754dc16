using CognitiveTools.Programs;

namespace CognitiveTools.Tests.Programs;

public sealed class ProgramPathTests
{
    [Fact]
    public void A_program_is_found_in_full_folders_of_the_search_path_alone_in_their_order()
    {
        using var folder = new TemporaryFolder();
        string[] folders = [Holding("a"), Holding("b")];
        var current = Path.GetRelativePath(Directory.GetCurrentDirectory(), folders[0]);

        Assert.Equal(folders.Select(f => Path.Combine(f, Name)), ProgramPath.FindAll("tool", string.Join(Path.PathSeparator, folders)));
        Assert.Null(ProgramPath.Find("tool", $".{Path.PathSeparator}{Path.PathSeparator}{current}"));
        Assert.Null(ProgramPath.Find("other", folders[0]));

        string Holding(string name)
        {
            var path = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
            File.WriteAllText(Path.Combine(path, Name), "");
            return path;
        }
    }

    [Fact]
    public void A_name_with_a_folder_is_a_path_and_not_searched_for()
    {
        Assert.Throws<ArgumentException>(() => ProgramPath.Find("../tool"));
        Assert.Equal(Path.GetFullPath("folder/tool"), ProgramPath.Locate("folder/tool"));
        Assert.Null(ProgramPath.Locate("no-such-program-anywhere"));
    }

    private static string Name => OperatingSystem.IsWindows() ? "tool.exe" : "tool";
}
