using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>An HTTPS server on loopback: /h2m is a file, /plain a redirection to unencrypted HTTP, anything else does not exist.</summary>
internal sealed class DownloadServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly byte[] file;
    private readonly Task serving;

    public DownloadServer(byte[] file)
    {
        this.file = file;
        listener.Start();
        serving = Task.Run(Serve);
    }

    /// <summary>Its URL, with a slash at the end.</summary>
    public string Address => $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    /// <summary>The certificate that a client must trust, in PEM.</summary>
    public string Certificate => certificate.ExportCertificatePem();

    /// <summary>The paths that were asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        listener.Stop();
        serving.Wait();
        certificate.Dispose();
        listener.Dispose();
    }

    /// <summary>One connection after the other, until the listener is stopped.</summary>
    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = listener.AcceptTcpClient();
                Answer(client);
            }
        }
        catch (SocketException)
        {
            // It was stopped.
        }
    }

    private void Answer(TcpClient client)
    {
        try
        {
            using var stream = new SslStream(client.GetStream());
            stream.AuthenticateAsServer(certificate);
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var path = reader.ReadLine()!.Split(' ')[1];
            while (reader.ReadLine() is { Length: > 0 })
            {
                // The rest of the request's head.
            }

            Asked.Add(path);
            var (head, body) = path switch
            {
                "/h2m" => ("200 OK", file),
                "/plain" => ($"302 Found\r\nLocation: http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/h2m", []),
                _ => ("404 Not Found", Array.Empty<byte>()),
            };
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            stream.Write(body);
            stream.ShutdownAsync().GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // The client left.
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // SslStream wants a key that is not bound to this object.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
