using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Cli.Models;

/// <summary>One line that is rewritten on a terminal, and a line every few seconds elsewhere.</summary>
internal sealed class DownloadView(TextWriter error, bool interactive, TimeProvider time) : IProgress<DownloadProgress>
{
    private readonly Lock _gate = new();
    private long _last;
    private long _started;
    private long _from;
    private int _file;
    private bool _open;

    public void Report(DownloadProgress value)
    {
        lock (_gate)
        {
            if (_file != value.File)
                (_file, _started, _from) = (value.File, time.GetTimestamp(), value.Done);
            var complete = value.Done == value.Total;
            if (_last != 0 && !complete && time.GetElapsedTime(_last) < TimeSpan.FromSeconds(interactive ? 0.2 : 5))
                return;
            _last = time.GetTimestamp();
            var line = Line(value);
            if (interactive)
                error.Write($"\r{line}   ");
            else
                error.WriteLine(line);
            _open = interactive;
        }
    }

    /// <summary>Ends the line that is being rewritten.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_open)
                error.WriteLine();
            _open = false;
        }
    }

    private string Line(DownloadProgress at)
    {
        var file = at.Files > 1 ? $"File {at.File} of {at.Files}: " : "";
        var total = at.Total is { } bytes ? $" of {bytes / 1e6:0.0} MB ({100.0 * at.Done / Math.Max(bytes, 1):0}%)" : " MB";
        if (at.Phase == DownloadPhase.Verifying)
            return $"{file}Verifying {at.Done / 1e6:0.0}{total}";
        var seconds = Math.Max(time.GetElapsedTime(_started).TotalSeconds, 0.001);
        return $"{file}Downloading {at.Done / 1e6:0.0}{total}, {Math.Max(0, at.Done - _from) / 1e6 / seconds:0.0} MB/s";
    }
}
