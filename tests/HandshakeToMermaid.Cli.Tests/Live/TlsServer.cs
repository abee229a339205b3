using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>openssl s_server with a certificate of its own for test.example, on loopback.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly Process process;

    public TlsServer(Scratch scratch, params string[] options)
    {
        Machine.Needs("openssl", "curl");
        var (key, certificate) = (scratch.File("key.pem"), scratch.File("certificate.pem"));
        var isMade = Machine.TryRun(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate,
            "-days", "30", "-subj", "/CN=test.example", "-addext", "subjectAltName=DNS:test.example");
        Assert.True(isMade, "openssl makes a certificate");
        Certificate = certificate;
        Port = Machine.FreePort();
        string[] arguments = ["s_server", "-accept", $"127.0.0.1:{Port}", "-key", key, "-cert", certificate, "-www", "-quiet", .. options];
        process = Process.Start(new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        for (var i = 0; i < 100 && !IsListening(); i++) Thread.Sleep(50);
    }

    public int Port { get; }

    public string Certificate { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"https://test.example:{Port}/");

    /// <summary>A curl that trusts it.</summary>
    public string[] Curl(params string[] more) =>
        ["curl", "-s", "--cacert", Certificate, "--resolve", $"test.example:{Port}:127.0.0.1", "-o", "/dev/null", .. more, Url];

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    // Looks into the kernel's table: a connection would be seen by whoever captures.
    private bool IsListening() =>
        File.ReadAllText("/proc/net/tcp").Contains($"0100007F:{Port:X4} 00000000:0000 0A", StringComparison.Ordinal);
}
