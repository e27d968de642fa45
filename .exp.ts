import sharp from 'sharp'
import { loadFaceModels, loadHuman } from './src/engines/faces/face-models.ts'
import { openJudge } from './bench/face-judge.ts'
await loadFaceModels()
const human:any = await loadHuman()
const judge = await openJudge()
const ids=process.argv.slice(2)
const LO=[61,185,40,39,37,0,267,269,270,409,291,375,321,405,314,17,84,181,91,146]
const LI=[78,191,80,81,82,13,312,311,310,415,308,324,318,402,317,14,87,178,88,95]
const ER=[33,246,161,160,159,158,157,173,133], EL=[263,466,388,387,386,385,384,398,362]
const BR=[70,63,105,66,107,55,65,52,53,46], BL=[300,293,334,296,336,285,295,282,283,276]
const variants:Record<string,(m:any,w:number,eye:number)=>string>={
 none:()=>'',
 lips:(m)=>poly(m,LO,'rgb(150,20,40)',0.55),
 lipsStrong:(m)=>poly(m,LO,'rgb(150,10,30)',0.85),
 liner:(m,w,e)=>line(m,ER,'rgb(10,5,5)',e*0.07,0.85)+line(m,EL,'rgb(10,5,5)',e*0.07,0.85),
 shadow:(m,w,e)=>line(m,ER,'rgb(60,30,40)',e*0.28,0.4)+line(m,EL,'rgb(60,30,40)',e*0.28,0.4),
 both:(m,w,e)=>variants.lips!(m,w,e)+variants.liner!(m,w,e),
 all:(m,w,e)=>variants.lipsStrong!(m,w,e)+variants.shadow!(m,w,e)+variants.liner!(m,w,e),
 blush:(m,w,e)=>`<g filter="url(#b)"><circle cx="${m[50][0]}" cy="${m[50][1]}" r="${e*0.6}" fill="rgb(220,60,80)" opacity="0.35"/><circle cx="${m[280][0]}" cy="${m[280][1]}" r="${e*0.6}" fill="rgb(220,60,80)" opacity="0.35"/></g>`,
}
const P=(m:any,l:number[])=>l.map(i=>`${m[i][0]},${m[i][1]}`).join(' ')
const poly=(m:any,l:number[],c:string,o:number)=>`<polygon points="${P(m,l)}" fill="${c}" opacity="${o}"/>`
const line=(m:any,l:number[],c:string,w:number,o:number)=>`<polyline points="${P(m,l)}" fill="none" stroke="${c}" stroke-width="${w}" opacity="${o}" stroke-linecap="round"/>`
const rows:any={}
for(const id of ids){ const file=`/tmp/j/${id}.jpg`
 const {data,info}=await sharp(file).removeAlpha().raw().toBuffer({resolveWithObject:true})
 const t=human.tf.tensor(Float32Array.from(data),[1,info.height,info.width,3])
 const r=await human.detect(t,{face:{enabled:true,mesh:{enabled:true},detector:{maxDetected:1}}}); t.dispose()
 const m=r.face[0].mesh, e=Math.hypot(m[33][0]-m[133][0],m[33][1]-m[133][1])
 const row:any={}
 for(const [n,f] of Object.entries(variants)){ const svg=`<svg xmlns="http://www.w3.org/2000/svg" width="${info.width}" height="${info.height}"><defs><filter id="b"><feGaussianBlur stdDeviation="${e*0.25}"/></filter></defs>${f(m,info.width,e)}</svg>`
  const soft=await sharp(Buffer.from(svg)).blur(0.8+e*0.01).png().toBuffer()
  const b=await sharp(file).composite([{input:soft}]).jpeg({quality:92}).toBuffer()
  if(n==='all'||n==='both') await sharp(b).extract({left:Math.max(0,m[1][0]-300|0),top:Math.max(0,m[1][1]-350|0),width:600,height:700}).toFile(`/tmp/j2/${id}-${n}.jpg`)
  const [v]=await judge(b); row[n]=v?`${v.gender[0]}${v.genderScore.toFixed(2)} ${v.age|0}`:'-' }
 // smooth + narrower variants
 for (const [n,s] of [['soft1',1.5],['soft3',3]] as const){const [v]=await judge(await sharp(file).blur(s).jpeg().toBuffer()); row[n]=`${v!.gender[0]}${v!.genderScore.toFixed(2)} ${v!.age|0}`}
 for (const [n,s] of [['bright',1.15]] as const){const [v]=await judge(await sharp(file).modulate({brightness:s}).jpeg().toBuffer()); row[n]=`${v!.gender[0]}${v!.genderScore.toFixed(2)} ${v!.age|0}`}
 for (const [n,l] of [['nologo',100]] as const){const W=info.width; const [v]=await judge(await sharp(file).extract({left:Math.max(0,m[1][0]-420|0),top:Math.max(0,m[1][1]-420|0),width:Math.min(840,W-Math.max(0,m[1][0]-420|0)),height:840}).jpeg().toBuffer()); row['crop']=v?`${v!.gender[0]}${v!.genderScore.toFixed(2)} ${v!.age|0}`:'-'}
 rows[id]=row }
console.table(rows)
