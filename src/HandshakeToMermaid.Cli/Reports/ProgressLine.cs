using System.Diagnostics;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Reports;

/// <summary>Shows on standard error how far long work is, from one second on; wiped when it is done.</summary>
internal sealed class ProgressLine(ICaptureSource source, bool isShown) : IDisposable
{
    /// <summary>To be called now and then.</summary>
    public void Tick()
    {
        if (!isShown || watch.ElapsedMilliseconds - shownAt < 200 || watch.ElapsedMilliseconds < 1000) return;
        shownAt = watch.ElapsedMilliseconds;
        var (read, total) = source.Progress;
        var text = total is > 0 ? $"{100.0 * read / total.Value:0} % of {total.Value / 1e6:0} MB" : $"{read / 1e6:0} MB";
        Console.Error.Write($"\r\e[K{text} read, {watch.Elapsed.TotalSeconds:0} s");
        isOnScreen = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isOnScreen) Console.Error.Write("\r\e[K");
    }

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long shownAt;
    private bool isOnScreen;
}
