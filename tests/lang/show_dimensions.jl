# Arrays of no, one, three and four dimensions.
plain(x) = (show(stdout, MIME("text/plain"), x); println())
a = zeros(Int, 2, 2, 2); a[1,2,2]=5; plain(a); println(a)
plain([1 2;3 4]'); println([1 2;3 4]'); plain([1,2]')
b = reshape(collect(1:16),2,2,2,2); plain(b); println(b)
plain(fill(1)); println(fill(1), fill("a")); plain([1 2;3 4]); plain(Matrix{Any}(undef,1,2)); println(Matrix{Any}(undef,1,2))
