using CognitiveTools.Lab.Bench;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Lab.Tests.Bench;

public sealed class OpenMpRuntimeTests
{
    private const string Tasks = "/proc/self/task";

    [Fact]
    public void A_thread_that_has_decoded_gives_its_team_back_and_starts_another_when_it_decodes_again()
    {
        Assert.NotNull(LlamaDoctor.InspectNatives());
        var needed = NativeRuntime.Loaded!.InLoadOrder.Any(static library => OpenMpRuntime.IsNeededBy(library.Path));
        Assert.SkipUnless(
            needed,
            "llama.cpp does not compute with libgomp here: run it on Linux, on the libraries beside the program (COGTOOLS_NATIVES unset).");
        // A thread of a team takes the name of the thread that it works for.
        var name = $"team {Guid.NewGuid():N}"[..15];
        var counts = new List<int>();
        var released = new List<bool>();
        var thread = new Thread(() =>
        {
            using var context = new NativeContext(Llama.Tests.TestModels.Tiny, EngineSubject.Options(threads: 2, length: 64, lanes: 2));
            using var batch = new BatchBuffer(context.BatchSize, context.InputLength);
            for (var i = 0; i < 2; i++)
            {
                batch.Add(3, i, new SequenceId(0), output: true);
                context.Decode(batch, hidden: false);
                batch.Clear(isEmbedding: false);
                counts.Add(Named(name));
                released.Add(OpenMpRuntime.ReleaseTeam());
                // joined already, but the kernel may list it a moment longer
                SpinWait.SpinUntil(() => Named(name) == 1, TimeSpan.FromMinutes(1));
                counts.Add(Named(name));
            }
        })
        { Name = name };
        thread.Start();
        thread.Join();

        Assert.Equal([2, 1, 2, 1], counts);
        Assert.Equal([true, true], released);
    }

    private static int Named(string name) => Directory.GetDirectories(Tasks).Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd('\n') == name;
        }
        catch (IOException)
        {
            return false; // it has just ended
        }
    });
}
