using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>The certificate that all members of a cluster have, and the only one that they accept.</summary>
internal static class MemberCertificate
{
    /// <summary>Reads a certificate with its private key.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The file is not a certificate, or has no private key.</exception>
    public static X509Certificate2 Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no certificate file '{path}'.", path);
        try
        {
            var isText = File.ReadLines(path).FirstOrDefault()?.Contains("-----BEGIN", StringComparison.Ordinal) == true;
            using var pem = isText ? X509Certificate2.CreateFromPemFile(path) : null;
            var certificate = X509CertificateLoader.LoadPkcs12(pem?.Export(X509ContentType.Pkcs12) ?? File.ReadAllBytes(path), null);
            if (certificate.HasPrivateKey)
                return certificate;
            certificate.Dispose();
        }
        catch (CryptographicException fault)
        {
            throw new ArgumentException(
                $"The file '{path}' cannot be used as the members' certificate: {fault.Message.TrimEnd('.')}. "
                + "Give a PEM file with certificate and private key, or a PFX file without a password.",
                fault);
        }

        throw new ArgumentException($"The certificate '{path}' has no private key. Give a file that holds both.");
    }

    /// <summary>Demands that both sides of a connection have this very certificate.</summary>
    public static void Require(TlsOptions options, X509Certificate2 certificate)
    {
        options.LocalCertificate = certificate;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.CheckCertificateRevocation = false;
        options.RemoteCertificateValidation = (other, _, _) => other.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }
}
