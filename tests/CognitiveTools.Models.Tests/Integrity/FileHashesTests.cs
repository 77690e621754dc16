using System.Security.Cryptography;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Models.Tests.Integrity;

public sealed class FileHashesTests
{
    [Fact]
    public void A_file_is_measured_once_whoever_asks()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "file", [1, 2, 3]);
        var first = new FileHashes(folder.File("records"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])), first.Of(path));
        Assert.Equal(first.Of(path), first.Of(path));
        var second = new FileHashes(folder.File("records"));
        Assert.Equal(first.Of(path), second.Of(path));
        Assert.Equal((1, 0), (first.Measured, second.Measured));
    }

    [Fact]
    public void A_change_of_length_is_measured_again()
    {
        using var folder = new TemporaryFolder();
        var hashes = new FileHashes(folder.File("records"));
        var path = Write(folder, "file", [1, 2, 3]);
        hashes.Of(path);
        Write(folder, "file", [1, 2, 3, 4]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([1, 2, 3, 4])), hashes.Of(path));
    }

    [Fact]
    public void A_change_that_keeps_length_and_time_is_measured_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells of a change whose times were set back; run it there.");
        using var folder = new TemporaryFolder();
        var hashes = new FileHashes(folder.File("records"));
        var path = Write(folder, "file", [1, 2, 3]);
        hashes.Of(path);
        var stamp = FileStamp.Of(path);
        var time = File.GetLastWriteTimeUtc(path);
        while (FileStamp.Of(path) == stamp) // until the file system's clock has moved on
        {
            using (var file = File.OpenWrite(path))
                file.Write([4, 5, 6]);
            File.SetLastWriteTimeUtc(path, time);
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([4, 5, 6])), hashes.Of(path));
        Assert.Equal(2, hashes.Measured);
    }

    [Fact]
    public void A_file_put_in_anothers_place_is_measured_again()
    {
        using var folder = new TemporaryFolder();
        var hashes = new FileHashes(folder.File("records"));
        var path = Write(folder, "file", [1, 2, 3]);
        hashes.Of(path);
        File.Move(Write(folder, "other", [7, 8, 9]), path, overwrite: true);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([7, 8, 9])), hashes.Of(path));
    }

    [Fact]
    public void Without_a_place_for_records_every_question_is_measured()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "file", [1]);
        var hashes = new FileHashes(Path.Combine(path, "below-a-file"));
        Assert.Equal(hashes.Of(path), hashes.Of(path));
        Assert.Equal(2, hashes.Measured);
    }

    private static string Write(TemporaryFolder folder, string name, byte[] content)
    {
        File.WriteAllBytes(folder.File(name), content);
        return folder.File(name);
    }
}
