using System.Globalization;

namespace HandshakeToMermaid.Cli.Png;

/// <summary>A Chromium without a window, with a profile of its own that is gone afterwards, and off the network.</summary>
internal sealed class HeadlessChromium(string location) : PictureProgram(location)
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Arguments(string source, string target, PictureSize size)
    {
        var profile = Path.Combine(Path.GetDirectoryName(target)!, "profile");
        return
        [
            "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND",

            // Chromium has no sandbox for root and ends at once; what it shows is a picture of ours without a script.
            .. !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
            $"--user-data-dir={profile}",
            string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={size.Scale}"),
            string.Create(CultureInfo.InvariantCulture, $"--window-size={size.Width},{size.Height}"),
            $"--screenshot={target}",
            new Uri(source).AbsoluteUri,
        ];
    }

    /// <inheritdoc/>
    protected override string MakeFolder()
    {
        // Ubuntu's Chromium is a snap, which sees another /tmp than everyone else; its own directory in the user's home it shares.
        var shared = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "snap", "chromium", "common");
        if (!OperatingSystem.IsLinux() || !Location.Contains("chromium", StringComparison.Ordinal) || !File.Exists("/snap/bin/chromium")) return base.MakeFolder();
        var folder = Path.Combine(shared, $"h2m-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
