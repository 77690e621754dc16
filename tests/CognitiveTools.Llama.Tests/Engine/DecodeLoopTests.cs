using System.Threading.Channels;
using CognitiveTools.Llama.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class DecodeLoopTests
{
    // A channel whose last command is taken while it is completed may never say that it is complete.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_thread_ends_with_a_channel_that_is_complete_and_does_not_say_so(bool isWaiting)
    {
        var channel = Channel.CreateUnbounded<Command>();
        var reader = new SilentReader(channel.Reader);
        if (!isWaiting)
            channel.Writer.Complete();
        var options = new LlamaEngineOptions { Threads = 1 };
        var loop = new DecodeLoop(new NativeContext(TestModels.Tiny, options), options, reader, NullLogger.Instance);
        if (isWaiting)
        {
            await reader.IsAwaited.WaitAsync(TestContext.Current.CancellationToken);
            channel.Writer.Complete();
        }

        await loop.Stopped.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    private sealed class SilentReader(ChannelReader<Command> inner) : ChannelReader<Command>
    {
        private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAwaited => _awaited.Task;

        public override Task Completion { get; } = new TaskCompletionSource().Task;

        public override bool TryRead(out Command item) => inner.TryRead(out item!);

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
        {
            var ready = inner.WaitToReadAsync(cancellationToken);
            _awaited.TrySetResult();
            return ready;
        }
    }
}
